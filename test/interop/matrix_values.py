"""Matrices of every kind to be written in another form, and what numpy, scipy and anndata make of them: one JSON line in, one out.

    matrix_values.py FOLDER
"""

import base64
import json
import sys
from pathlib import Path

import anndata as ad
import numpy as np
import scipy.sparse as sp
from anndata_tensorstore import load_anndata_from_tensorstore

FOLDER = Path(sys.argv[1])
ROWS, COLUMNS = 60, 17
TYPES = "bool int8 uint8 int16 uint16 int32 uint32 int64 uint64 float16 float32 float64".split()


def counts(seed, most, dtype):
    """Sparse counts of which one is `most`."""
    random = np.random.default_rng(seed)
    values = random.integers(0, most, (ROWS, COLUMNS)) * (random.random((ROWS, COLUMNS)) < 0.3)
    values[41, 5] = most
    return values.astype(dtype)


def duplicates():
    """Entries of one place that are uint8 each, and 510 together."""
    indptr = np.concatenate([[0], np.full(ROWS, 2)]).cumsum()
    return sp.csr_matrix((np.full(2 * ROWS, 255.0), np.full(2 * ROWS, 3), indptr), shape=(ROWS, COLUMNS))


def unsorted():
    """Each row from the last column to the first."""
    matrix = sp.csr_matrix(counts(8, 99, "float64"))
    matrix.indices = matrix.indices.copy()
    for begin, end in zip(matrix.indptr, matrix.indptr[1:]):
        matrix.indices[begin:end] = matrix.indices[begin:end][::-1]
    matrix.has_sorted_indices = False
    return matrix


def make(name):
    signed = counts(1, 300, "int64") * np.where(np.arange(COLUMNS) % 2, 1, -1)
    extremes = np.zeros((ROWS, COLUMNS), "int64")
    extremes[0, :2] = np.iinfo("int64").min, np.iinfo("int64").max
    halves = counts(2, 9, "float64") / 2
    halves[7, 7], halves[8, 8], halves[9, 9] = np.nan, np.inf, -0.0
    raw = ad.AnnData(sp.csr_matrix(counts(3, 255, "float32")))
    adata = ad.AnnData(
        sp.csr_matrix(counts(4, 60_000, "float64")),
        layers={
            "csc": sp.csc_matrix(signed),
            "dense": counts(5, 200, "int64"),
            "halves": halves,
            "tenths": counts(6, 9, "float64") / 10,
            "duplicates": duplicates(),
            "unsorted": unsorted(),
            "extremes": extremes,
            "flags": counts(7, 1, "bool"),
        },
    )
    adata.raw = raw
    adata.write_h5ad(FOLDER / name)


def read(name):
    path = FOLDER / name
    if name.endswith(".ats"):
        return load_anndata_from_tensorstore(str(path))
    return ad.read_h5ad(path) if name.endswith(".h5ad") else ad.read_zarr(path)


def matrices(adata):
    found = {"X": adata.X, **{f"layers/{key}": layer for key, layer in adata.layers.items()}}
    return {**found, "raw/X": adata.raw.X} if adata.raw is not None else found


def dense(matrix):
    return matrix.toarray() if sp.issparse(matrix) else np.asarray(matrix)


def compare(name):
    """The types of the matrices of a store, whose values are those that were made."""
    found = matrices(read(name))
    made = matrices(read("made.h5ad"))
    assert found.keys() == made.keys(), found.keys()
    for path, matrix in found.items():
        wanted = dense(made[path])
        if sp.issparse(matrix) and not sp.issparse(made[path]):
            wanted = wanted + np.zeros((), wanted.dtype)  # -0 is one of the zeros that scipy leaves out.
        # Back in the type that they had they have the same bits, -0 and NaN included.
        assert dense(matrix).astype(wanted.dtype).tobytes() == wanted.tobytes(), path
    return {path: str(matrix.dtype) for path, matrix in found.items()}


def canonical(name):
    """Whether the sparse matrices of a store are tidy, and those that scipy makes of what was made."""
    made = matrices(read("made.h5ad"))
    answers = {}
    for path, matrix in matrices(read(name)).items():
        if not sp.issparse(matrix):
            continue
        wanted = made[path].copy()
        wanted.sum_duplicates()
        parts = [(m.data, m.indices, m.indptr) for m in (matrix, wanted)]
        same = all(np.array_equal(a, b) for a, b in zip(*parts, strict=True))
        answers[path] = {"canonical": bool(matrix.has_canonical_format), "same": bool(same)}
    return answers


def cast(values, dtype):
    """`values` as numpy has them in `dtype`; None where a sign changes or the way back gives other bits."""
    with np.errstate(invalid="raise", over="ignore"):
        try:
            there = values.astype(dtype)
            same = there.astype(values.dtype).tobytes() == values.tobytes()
            return there if same and ((there < 0) == (values < 0)).all() else None
        except FloatingPointError:
            return None


def tenths(dtype):
    """The first value of layers/tenths that `dtype` does not hold."""
    values = read("made.h5ad").layers["tenths"]
    row, column = np.argwhere(values.astype(dtype) != values)[0]
    return {"row": int(row), "column": int(column), "value": repr(float(values[row, column]))}


EDGES = [0, 1, -1, 0.5, -0.0, 127, 128, 255, 256, 32768, 65535, 65536, 2**24 + 1, 2**31, 2**53 + 1, 2**63, 2**64]


def values_of(random, dtype):
    """A few edges that the type has."""
    picked = [EDGES[i] for i in random.integers(0, 1 + random.integers(1, len(EDGES)), 6)]
    if dtype.startswith("float"):
        return np.array(picked, "float64").astype(dtype)
    limits = (0, 1) if dtype == "bool" else (np.iinfo(dtype).min, np.iinfo(dtype).max)
    return np.array([min(max(int(value), int(limits[0])), int(limits[1])) for value in picked], dtype)


def random(count, seed):
    """Writes small matrices of every type, each to be cast to another one; says what numpy makes of them."""
    generator = np.random.default_rng(seed)
    layers, cases = {}, []
    with np.errstate(over="ignore"):
        for i in range(count):
            source, target = TYPES[i % len(TYPES)], TYPES[generator.integers(len(TYPES))]
            values = values_of(generator, source).reshape(2, 3)
            there = cast(values, target)
            layers[f"m{i}"] = values
            data = None if there is None else base64.b64encode(there.tobytes()).decode()
            cases.append({"name": f"m{i}", "to": target, "data": data})
    ad.AnnData(np.zeros((2, 3), "float32"), layers=layers).write_h5ad(FOLDER / "random.h5ad")
    return cases


ANSWERS = {"make": make, "compare": compare, "canonical": canonical, "tenths": tenths, "random": lambda wish: random(*wish)}

for line in sys.stdin:
    ((name, argument),) = json.loads(line).items()
    print(json.dumps(ANSWERS[name](argument)), flush=True)
