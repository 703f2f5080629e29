"""X in CSR as three raw files in FOLDER/parts, for building it in memory."""

import os

import numpy as np
import scipy.sparse as sp

TYPES = {"data": "<f4", "indices": "<i4", "indptr": "<i4"}


def path(folder, name):
    return os.path.join(folder, "parts", name)


def write(folder, blocks):
    """Appends blocks of rows as they come."""
    os.makedirs(os.path.join(folder, "parts"), exist_ok=True)
    files = {name: open(path(folder, name), "wb") for name in TYPES}
    stored = 0
    np.zeros(1, TYPES["indptr"]).tofile(files["indptr"])
    for block in blocks:
        block.data.astype(TYPES["data"]).tofile(files["data"])
        block.indices.astype(TYPES["indices"]).tofile(files["indices"])
        (block.indptr[1:] + stored).astype(TYPES["indptr"]).tofile(files["indptr"])
        stored += block.nnz
    for file in files.values():
        file.close()


def read(folder, shape):
    """The matrix of `shape`."""
    data, indices, indptr = (np.fromfile(path(folder, name), dtype) for name, dtype in TYPES.items())
    return sp.csr_matrix((data, indices, indptr), shape=shape)
