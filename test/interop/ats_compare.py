"""Compares AnnData files with `.ats` stores that were made of them: prints one JSON list of differences for each pair SOURCE STORE.

What is sparse in the source is dense in the store. obsp and varp are not looked at, as Python's loader does not load them. Text is text, whether
numpy keeps it with a fixed width or as objects: that difference has no counterpart in JavaScript.
"""

import json
import os
import sys
import warnings

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp
from ats_load import load

warnings.simplefilter("ignore")


def texts(value):
    """Text of a fixed width as objects, text scalars as str."""
    if isinstance(value, np.str_):
        return str(value)
    if not isinstance(value, np.ndarray):
        return value
    if value.dtype.kind == "U":
        return value.astype(object)
    if value.dtype.names is None:
        return value
    fields = [(name, "O" if value.dtype[name].kind == "U" else value.dtype[name]) for name in value.dtype.names]
    return value.astype(fields)


class Differences(list):
    def compare(self, path, a, b):
        a, b = texts(a), texts(b)
        if isinstance(a, pd.DataFrame) or isinstance(b, pd.DataFrame):
            return self.frames(path, a, b)
        if sp.issparse(a):
            a, b = a.toarray(), b.toarray() if sp.issparse(b) else b
        if hasattr(a, "keys") and not isinstance(a, np.ndarray):
            return self.dicts(path, a, b)
        if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
            return self.arrays(path, a, b)
        if isinstance(a, list | tuple):
            if type(a) is not type(b) or len(a) != len(b):
                return self.append(f"{path}: {a!r} != {b!r}")
            for i, (x, y) in enumerate(zip(a, b, strict=True)):
                self.compare(f"{path}[{i}]", x, y)
            return None
        same = type(a) is type(b) and (a == b or (a != a and b != b))
        return None if same else self.append(f"{path}: {type(a).__name__} {a!r} != {type(b).__name__} {b!r}")

    def frames(self, path, a, b):
        try:
            pd.testing.assert_frame_equal(a, b, check_exact=True, check_names=True, check_categorical=True, check_index_type=True)
        except AssertionError as error:
            self.append(f"{path}: {error}")

    def dicts(self, path, a, b):
        if sorted(a.keys()) != sorted(b.keys()):
            return self.append(f"{path}: keys {sorted(a.keys())} != {sorted(b.keys())}")
        for key in a.keys():
            self.compare(f"{path}/{key}", a[key], b[key])
        return None

    def arrays(self, path, a, b):
        if type(a) is not type(b) or a.dtype != b.dtype or a.shape != b.shape:
            what = [f"{type(x).__name__} {getattr(x, 'dtype', '')} {getattr(x, 'shape', '')}" for x in (a, b)]
            return self.append(f"{path}: {what[0]} != {what[1]}")
        if a.dtype.names is not None:
            for name in a.dtype.names:
                self.arrays(f"{path}.{name}", a[name], b[name])
            return None
        if a.dtype.kind in "fc":
            same = a.tobytes() == b.tobytes() or np.array_equal(a, b, equal_nan=True)
        else:
            same = np.array_equal(a, b)
        return None if same else self.append(f"{path}: values differ")


def differences(source, store):
    found = Differences()
    found.compare("X", source.X, store.X)
    for part in ["obs", "var"]:
        found.frames(part, getattr(source, part), getattr(store, part))
    for part in ["layers", "obsm", "varm", "uns"]:
        found.dicts(part, getattr(source, part), getattr(store, part))
    if (source.raw is None) != (store.raw is None):
        found.append("raw: only one has it")
    elif source.raw is not None:
        found.compare("raw/X", source.raw.X, store.raw.X)
        found.frames("raw/var", source.raw.var, store.raw.var)
        found.dicts("raw/varm", source.raw.varm, store.raw.varm)
    return found


for source, store in zip(sys.argv[1::2], sys.argv[2::2], strict=True):
    read = load if source.endswith(".ats") else ad.read_h5ad
    print(json.dumps(differences(read(source), load(store))))

# TensorStore's threads sometimes abort the interpreter while it ends.
sys.stdout.flush()
os._exit(0)
