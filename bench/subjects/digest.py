"""What is compared before timing: SHA-256 of values, the same as digest.mjs takes."""

import hashlib

import numpy as np


def of_array(array):
    """Shape, type and bytes in C order."""
    array = np.ascontiguousarray(array)
    shape = "x".join(str(n) for n in array.shape)
    return f"{array.dtype.name} {shape} {hashlib.sha256(array).hexdigest()}"


def of_sparse(matrix):
    """Shape, and the values with their indices and starts, sorted within each row."""
    matrix = matrix.tocsr().sorted_indices()
    parts = (np.ascontiguousarray(part, "<f8") for part in (matrix.data, matrix.indices, matrix.indptr))
    shape = "x".join(str(n) for n in matrix.shape)
    return f"{shape} {' '.join(hashlib.sha256(part).hexdigest() for part in parts)}"


def of_column(values):
    """Numbers as float64, anything else as strings joined by NUL."""
    values = np.asarray(values)
    if values.dtype.kind in "biuf":
        return hashlib.sha256(np.ascontiguousarray(values, "<f8")).hexdigest()
    return hashlib.sha256("\0".join(str(v) for v in values).encode()).hexdigest()
