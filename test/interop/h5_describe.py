"""Describes an HDF5 file as h5py reads it, for h5ad-write.test.ts: one JSON document on stdout for each path on the command line."""

import base64
import json
import sys

import h5py
import numpy as np


def plain(value):
    """A value that JSON has: text and numbers as they are, integers as text, other arrays as their bytes."""
    if isinstance(value, h5py.Empty):
        return {"empty": value.dtype.str}
    if isinstance(value, bytes):
        return {"bytes": value.decode("latin1")}
    if isinstance(value, str):
        return value
    if isinstance(value, np.void):
        return [plain(part) for part in value]
    if isinstance(value, (np.generic, bool, int, float)):
        one = np.asarray(value)
        if one.dtype.kind == "f" and not np.isfinite(one):
            return str(one)
        return str(one) if one.dtype.kind in "iuc" else one.item()
    array = np.asarray(value)
    if array.dtype.kind == "O" or array.dtype.names:
        return [plain(part) for part in array]
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


def dtype_name(dtype):
    """numpy's name, with what h5py adds to it."""
    text = h5py.check_string_dtype(dtype)
    if text is not None:
        return f"{text.encoding} of {'any' if text.length is None else text.length}"
    if dtype.names:
        return {name: dtype_name(dtype[name]) for name in dtype.names}
    if dtype.subdtype:
        return [dtype_name(dtype.subdtype[0]), list(dtype.subdtype[1])]
    return dtype.str


def attribute(node, name):
    stored = node.attrs.get_id(name)
    value = node.attrs[name]
    if isinstance(value, np.ndarray):
        value = value.tolist() if value.dtype.kind != "O" else list(value)
    return {"dtype": dtype_name(stored.dtype), "shape": stored.shape and list(stored.shape), "value": plain_attribute(value)}


def plain_attribute(value):
    if isinstance(value, list):
        return [plain_attribute(one) for one in value]
    return plain(value)


def dataset(node):
    if node.shape is None:
        return {"dtype": dtype_name(node.dtype), "shape": None, "values": plain(node[()])}
    values = node.asstr()[()] if h5py.check_string_dtype(node.dtype) and node.size else node[()]
    return {
        "dtype": dtype_name(node.dtype),
        "shape": list(node.shape),
        "chunks": node.chunks and list(node.chunks),
        "maxshape": list(node.maxshape),
        "compression": node.compression,
        "options": node.compression_opts,
        "shuffle": node.shuffle,
        "values": plain(values.ravel() if isinstance(values, np.ndarray) and values.dtype.kind == "O" else values),
    }


for path in sys.argv[1:]:
    with h5py.File(path) as file:
        found = {}

        def visit(name, node):
            found[name] = {
                "attributes": {key: attribute(node, key) for key in node.attrs},
                **(dataset(node) if isinstance(node, h5py.Dataset) else {}),
            }

        visit("/", file)
        file.visititems(visit)
        print(json.dumps(found))
