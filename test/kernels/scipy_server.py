"""Answers requests about one sparse matrix each, by scipy: one JSON line in, one out."""

import json
import sys

import numpy as np
import scipy.sparse as sp


def matrix(request):
    make = sp.csr_matrix if request["kind"] == "csr" else sp.csc_matrix
    parts = (
        np.array(request["data"], dtype=request["dtype"]),
        np.array(request["indices"], dtype="int64" if request["wide"] else "int32"),
        np.array(request["indptr"], dtype="int64" if request["wide"] else "int32"),
    )
    return make(parts, shape=request["shape"])


def parts(m):
    return {
        "shape": list(m.shape),
        "data": m.data.astype("float64").tolist(),
        "indices": m.indices.tolist(),
        "indptr": m.indptr.tolist(),
    }


def answer(request):
    m = matrix(request)
    rows = np.array(request["rows"], dtype="int64")
    cols = np.array(request["cols"], dtype="int64")
    tidy = m.copy()
    tidy.sum_duplicates()
    # In the layout of the request: scipy copies what lies along the compressed axis as it is stored.
    major = m[rows] if request["kind"] == "csr" else m[:, cols]
    return {
        "dense": m.toarray().astype("float64").tolist(),
        "major": parts(major),
        "selected": m[rows][:, cols].toarray().astype("float64").tolist(),
        "other": parts(m.tocsc() if request["kind"] == "csr" else m.tocsr()),
        "tidy": parts(tidy),
    }


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
