"""A description of a Python object as JSON, exact to the bit, that test/pickle/describe.ts also makes of our values."""

import math
import struct

import numpy as np
import pandas as pd
from scipy import sparse


def little(array):
    """The bytes of an array, row-major and little-endian, as hexadecimal text."""
    array = np.ascontiguousarray(array)
    return array.astype(array.dtype.newbyteorder("<")).tobytes().hex()


def missing(value):
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def strings(values):
    """Strings with null for missing ones, or None where another object is among them."""
    texts = [None if missing(v) else v.decode() if isinstance(v, bytes) else v for v in values]
    return [None if t is None else str(t) for t in texts] if all(t is None or isinstance(t, str) for t in texts) else None


def describe_array(array):
    if array.dtype.names is not None:
        return ["records", len(array), [[name, describe_array(array[name])] for name in array.dtype.names]]
    if array.dtype.kind in "OUST":
        texts = strings(array.ravel().tolist())
        if texts is None:
            raise TypeError("an array of objects")
        return ["strings", list(array.shape), texts]
    return ["array", array.dtype.name, list(array.shape), little(array)]


def describe_column(values):
    """A column, index or extension array."""
    if isinstance(values, (pd.Index, pd.Series)):
        values = values.array
    if isinstance(values, pd.Categorical):
        return ["categorical", values.codes.tolist(), describe_column(values.categories), bool(values.ordered)]
    text = isinstance(values.dtype, pd.StringDtype)
    if not text and hasattr(values, "_mask"):
        return describe_masked(values._data, values._mask)
    array = np.asarray(values, dtype=object) if text else np.asarray(values)
    if array.dtype == object and strings(array.tolist()) is None:
        return describe_objects(array.tolist())
    return describe_array(array)


def describe_masked(data, mask):
    visible = np.where(mask, np.zeros((), data.dtype), data)
    return ["nullable", data.dtype.name, little(visible), [int(m) for m in mask]]


def describe_objects(values):
    """A column of Python numbers or booleans, with missing values."""
    mask = np.array([missing(v) for v in values])
    kinds = {type(v) for v in values if not missing(v)}
    dtype = {bool: "bool", int: "int64", float: "float64"}[kinds.pop()]
    if kinds:
        raise TypeError("a column of mixed objects")
    if dtype == "float64":
        return describe_array(np.array([math.nan if missing(v) else v for v in values]))
    return describe_masked(np.array([0 if missing(v) else v for v in values], dtype), mask)


def name_of(name):
    return None if name is None else str(name)


def describe_frame(frame):
    columns = [[str(label), describe_column(frame[label])] for label in frame.columns]
    return ["frame", name_of(frame.index.name), describe_column(frame.index), columns]


def describe_sparse(matrix):
    if matrix.format == "coo":
        matrix = matrix.tocsr()
    parts = [describe_array(matrix.data), matrix.indices.tolist(), matrix.indptr.tolist()]
    return [matrix.format, list(matrix.shape), *parts]


def describe_number(value):
    if isinstance(value, np.str_):
        return ["str", str(value)]
    if isinstance(value, np.bytes_):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, np.generic):
        return ["scalar", value.dtype.name, little(np.asarray(value))]
    if isinstance(value, complex):
        return ["scalar", "complex128", little(np.complex128(value))]
    if isinstance(value, bool):
        return ["bool", value]
    if isinstance(value, int):
        return ["int", str(value)]
    if value.is_integer():
        return ["scalar", "float64", little(np.float64(value))]
    return ["float", "nan" if math.isnan(value) else struct.pack("<d", value).hex()]


def describe_dict(value):
    if all(isinstance(key, str) for key in value):
        return ["dict", [[key, describe(item)] for key, item in value.items()]]
    return ["map", [[describe(key), describe(item)] for key, item in value.items()]]


def describe(value):
    """The description of any object that a pickle of ours can hold."""
    if value is None or value is pd.NA:
        return ["none"]
    if isinstance(value, (bool, int, float, complex, np.generic)):
        return describe_number(value)
    if isinstance(value, str):
        return ["str", value]
    if isinstance(value, (bytes, bytearray)):
        return ["bytes", bytes(value).hex()]
    if isinstance(value, tuple):
        return ["tuple", [describe(item) for item in value]]
    if isinstance(value, (list, range)):
        return ["list", [describe(item) for item in value]]
    if isinstance(value, (set, frozenset)):
        return ["set", [describe(item) for item in value]]
    if isinstance(value, dict):
        return describe_dict(value)
    if sparse.issparse(value):
        return describe_sparse(value)
    if isinstance(value, np.ndarray):
        return describe_array(np.asarray(value))
    if isinstance(value, pd.DataFrame):
        return describe_frame(value)
    if isinstance(value, pd.Series):
        return describe_frame(value.to_frame("0" if value.name is None else value.name))
    return describe_column(value)
