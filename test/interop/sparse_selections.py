"""The oracle of sparse-selections.test.ts: scipy's and numpy's answer to selections of sparse matrices on disk.

`sparse_selections.py make DIR` writes one AnnData-Zarr store per kind of matrix: layout, types of values, indices and indptr, tidy or not, chunks.
`sparse_selections.py serve DIR` answers one JSON line per request: shape and SHA-256 of the selected X as a dense array, and the bytes of the chunk
files that hold what was stored of it.
"""

import hashlib
import json
import os
import sys
import warnings

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp
import zarr

warnings.filterwarnings("ignore")

VALUES = ["bool", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float16", "float32", "float64", "complex64", "complex128"]
INDICES = ["int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64"]
STARTS = ["int32", "int64", "uint32", "uint64"]
SHAPES = [(97, 61), (0, 7), (7, 0), (1, 40), (120, 1), (60, 120), (33, 33)]


def matrix(rng, i):
    """Parts of matrix `i`: not as scipy would keep them, but as they are to be stored."""
    kind = ["csr", "csc"][i % 2]
    shape = SHAPES[i // 2 % len(SHAPES)]
    majors, minors = shape if kind == "csr" else shape[::-1]
    tidy = i % 3 != 0
    counts = rng.integers(0, max(1, minors // 3) + 1, majors) * (rng.random(majors) < 0.8)
    if minors == 0:
        counts[:] = 0
    starts = np.concatenate([[0], np.cumsum(counts)])
    parts = []
    for count in counts:
        if tidy:
            parts.append(np.sort(rng.choice(minors, count, replace=False)))
        else:
            parts.append(rng.integers(0, max(1, minors), count))
    indices = np.concatenate(parts) if parts else np.zeros(0)
    dtype = VALUES[i % len(VALUES)]
    values = rng.integers(0, 5, starts[-1])
    if dtype.startswith("complex"):
        values = values + 1j * rng.integers(0, 5, starts[-1])
    return {
        "kind": kind,
        "shape": shape,
        "data": values.astype(dtype),
        "indices": indices.astype(INDICES[i % len(INDICES)]),
        "indptr": starts.astype(STARTS[i % len(STARTS)]),
    }


def make(folder, count):
    rng = np.random.default_rng(11)
    for i in range(count):
        parts = matrix(rng, i)
        rows, columns = parts["shape"]
        version = 2 + i // 2 % 2
        ad.settings.zarr_write_format = version
        path = os.path.join(folder, f"{i}.zarr")
        ad.AnnData(
            obs=pd.DataFrame({"n": np.arange(rows) % 5}, index=[f"c{r}" for r in range(rows)]),
            var=pd.DataFrame({"n": np.arange(columns) % 4}, index=[f"g{c}" for c in range(columns)]),
        ).write_zarr(path)
        root = zarr.open_group(path, mode="a", use_consolidated=False)
        x = root.create_group("X")
        x.attrs.update({"encoding-type": parts["kind"] + "_matrix", "encoding-version": "0.1.0", "shape": [rows, columns]})
        for name in ("data", "indices", "indptr"):
            values = parts[name]
            chunk = 10_000 if name == "indptr" else [7, 50, 333][i % 3]
            shards = (4 * chunk,) if version == 3 and i % 4 == 3 and name != "indptr" else None
            x.create_array(name, data=values, chunks=(chunk,), shards=shards)
        zarr.consolidate_metadata(path)


def load(folder, i):
    x = zarr.open_group(os.path.join(folder, f"{i}.zarr"), mode="r")["X"]
    kind = x.attrs["encoding-type"][:3]
    data, indices, indptr = x["data"][...], x["indices"][...].astype("int64"), x["indptr"][...].astype("int64")
    shape = tuple(x.attrs["shape"])
    majors = np.repeat(np.arange(len(indptr) - 1), np.diff(indptr))
    dense = np.zeros(shape, data.dtype)
    np.add.at(dense, (majors, indices) if kind == "csr" else (indices, majors), data)
    sparse = None
    if data.dtype != "float16":
        cls = sp.csr_matrix if kind == "csr" else sp.csc_matrix
        sparse = cls((data, indices, indptr), shape=shape)
    return {"kind": kind, "dense": dense, "sparse": sparse, "indptr": indptr, "x": x, "path": os.path.join(folder, f"{i}.zarr", "X")}


def positions(selector, length, prefix):
    if selector is None:
        return np.arange(length)
    kind, value = selector["kind"], selector["value"]
    if kind == "slice":
        return np.arange(length)[slice(*value)]
    if kind == "mask":
        return np.flatnonzero(np.array(value, dtype=bool))
    if kind == "names":
        return np.array([int(name[len(prefix) :]) for name in value], dtype=int)
    if kind == "query":
        return np.flatnonzero(np.arange(length) % value["modulus"] < value["below"])
    return np.array(value, dtype=int) % max(1, length)


def touched(store, majors):
    """Bytes of the files of data and indices with any value of `majors`; None where chunks share files."""
    starts = store["indptr"]
    entries = np.concatenate([np.arange(starts[m], starts[m + 1]) for m in np.unique(majors)] or [np.zeros(0, int)])
    total = 0
    for name in ("data", "indices"):
        array = store["x"][name]
        if array.shards is not None:
            return None
        for chunk in np.unique(entries // array.chunks[0]).astype(int):
            key = f"c/{chunk}" if array.metadata.zarr_format == 3 else str(chunk)
            file = os.path.join(store["path"], name, key)
            total += os.path.getsize(file) if os.path.exists(file) else 0
    return total


def answer(stores, folder, request):
    i = request["matrix"]
    if i not in stores:
        stores[i] = load(folder, i)
    store = stores[i]
    dense = store["dense"]
    rows = positions(request["obs"], dense.shape[0], "c")
    columns = positions(request["var"], dense.shape[1], "g")
    expected = np.ascontiguousarray(dense[np.ix_(rows, columns)])
    if store["sparse"] is not None:
        np.testing.assert_array_equal(store["sparse"][rows][:, columns].toarray(), expected)
    return {
        "shape": list(expected.shape),
        "digest": hashlib.sha256(expected.tobytes()).hexdigest(),
        "bytes": touched(store, rows if store["kind"] == "csr" else columns),
    }


def serve(folder):
    stores = {}
    for line in sys.stdin:
        print(json.dumps(answer(stores, folder, json.loads(line))), flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2], int(sys.argv[3]))
    else:
        serve(sys.argv[2])
