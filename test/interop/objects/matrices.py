"""Dense and sparse matrices of each element type, and arrays with awkward, structured or odd contents."""

import numpy as np
import scipy.sparse as sp
from columns import TEXTS, floats, integers

DENSE = ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64"]
SPARSE = [dtype for dtype in DENSE if dtype != "float16"]


def values(shape, dtype, rng):
    """Values of the whole range of `dtype`."""
    count = int(np.prod(shape))
    if dtype == "bool":
        return rng.random(shape) < 0.5
    if dtype.startswith("float"):
        return (rng.standard_normal(shape) * 100).astype(dtype)
    return rng.permutation(integers(count, dtype)).reshape(shape)


def dense(shape, dtype, rng, density=0.4):
    result = values(shape, dtype, rng)
    result[rng.random(shape) >= density] = 0
    return result


def sparse(kind, shape, dtype, rng, density=0.4):
    """`kind` is csr or csc, with `_array` for scipy's sparse arrays."""
    make = {"csr": sp.csr_matrix, "csc": sp.csc_matrix, "csr_array": sp.csr_array, "csc_array": sp.csc_array}[kind]
    return make(dense(shape, dtype, rng, density))


def matrix(kind, shape, dtype, rng, density=0.4):
    return dense(shape, dtype, rng, density) if kind == "dense" else sparse(kind, shape, dtype, rng, density)


def special(shape, dtype):
    """NaN, infinities, minus zero and subnormals, or the ends of an integer type."""
    count = int(np.prod(shape))
    return (floats(count, dtype) if dtype.startswith("float") else integers(count, dtype)).reshape(shape)


def wide(matrix):
    """The same sparse matrix with 64-bit indices."""
    matrix.indices = matrix.indices.astype("int64")
    matrix.indptr = matrix.indptr.astype("int64")
    return matrix


def unsorted(matrix):
    """The same sparse matrix with the entries of each row the other way round."""
    for start, stop in zip(matrix.indptr[:-1], matrix.indptr[1:]):
        matrix.indices[start:stop] = matrix.indices[start:stop][::-1].copy()
        matrix.data[start:stop] = matrix.data[start:stop][::-1].copy()
    matrix.has_sorted_indices = False
    return matrix


def explicit_zeros(matrix):
    matrix.data[::2] = 0
    return matrix


def twice(matrix):
    """The same sparse matrix with each entry stored as two that add up to twice its value."""
    parts = [matrix.data.repeat(2), matrix.indices.repeat(2), matrix.indptr * 2]
    return type(matrix)(tuple(parts), shape=matrix.shape)


def text_array(shape):
    count = int(np.prod(shape))
    return np.array([TEXTS[i % len(TEXTS)] for i in range(count)], dtype=object).reshape(shape)


def records(count, fields):
    result = np.zeros(count, dtype=fields)
    for name in result.dtype.names or ():
        kind = result.dtype[name].kind
        cells = [TEXTS[i % 5][:6] for i in range(count)] if kind in "UO" else [f"b{i}" for i in range(count)] if kind == "S" else range(count)
        result[name] = list(cells)
    return result


def awkward(kind, n):
    """Awkward arrays of `n` rows, by what they are made of."""
    import awkward as ak

    rows = {
        "lists": lambda: [list(range(i % 4)) for i in range(n)],
        "nested": lambda: [[[i, 2], [], [3]][: i % 4] for i in range(n)],
        "records": lambda: [{"a": i, "b": i / 2} for i in range(n)],
        "record-lists": lambda: [[{"gene": "x" * j, "n": j} for j in range(i % 3)] for i in range(n)],
        "missing": lambda: [None if i % 3 == 1 else [i, None] for i in range(n)],
        "texts": lambda: [[TEXTS[j] for j in range(i % 4)] for i in range(n)],
        "bools": lambda: [[True] * (i % 3) for i in range(n)],
        "numbers": lambda: list(range(n)),
    }
    if kind == "union":
        return ak.Array([[i, "text", [1.5]][: i % 4] for i in range(n)])
    if kind == "regular":
        return ak.Array(np.arange(n * 6).reshape(n, 2, 3))
    return ak.Array(rows[kind]())


AWKWARD = ["lists", "nested", "records", "record-lists", "missing", "texts", "bools", "numbers", "union", "regular"]
