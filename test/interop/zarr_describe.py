"""Prints, as one JSON line per store, everything that zarr-python reads from the stores in argv; a warning is a failure."""

import base64
import json
import sys
import warnings

import numpy as np
import zarr
from zarr.storage import ZipStore

warnings.simplefilter("error")
# Types that zarr-python itself calls not yet part of the specification.
warnings.filterwarnings("ignore", message=".*does not have a Zarr V3 specification.*")


def values(array):
    data = array[...]
    data = np.asarray(data)
    if data.dtype.kind in "OTU":
        return [str(text) for text in data.ravel()]
    if data.dtype.names is not None:
        return [[field.item() if hasattr(field, "item") else str(field) for field in row] for row in data.ravel()]
    return base64.b64encode(np.ascontiguousarray(data).tobytes()).decode()


def describe(path):
    store = ZipStore(path, mode="r") if path.endswith(".zip") else path
    root = zarr.open_group(store, mode="r")
    members = {}
    for name, node in root.members(max_depth=None):
        entry = {"attributes": dict(node.attrs)}
        if isinstance(node, zarr.Array):
            dtype = node.dtype
            kind = "string" if dtype.kind in "OT" else dtype.str if dtype.names is None else "record"
            entry.update(shape=list(node.shape), dtype=kind, values=values(node))
        members[name] = entry
    bare = zarr.open_group(store, mode="r", use_consolidated=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        listed = sorted(name for name, _ in bare.members(max_depth=None))
    return {
        "attributes": dict(root.attrs),
        "consolidated": root.metadata.consolidated_metadata is not None,
        "listed": listed,
        "members": members,
    }


for path in sys.argv[1:]:
    print(json.dumps(describe(path)))
