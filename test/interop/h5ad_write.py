"""Writes AnnData files with every encoding that this anndata writes into the folder named on the command line."""

import sys
import warnings
from pathlib import Path

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp

warnings.simplefilter("ignore")
ad.settings.allow_write_nullable_strings = True
folder = Path(sys.argv[1])
rng = np.random.default_rng(7)
n, m = 60, 40


def columns(length):
    texts = [f"text {i} ü" for i in range(length)]
    return pd.DataFrame(
        {
            "int8": np.arange(length, dtype="int8"),
            "uint64": np.arange(length, dtype="uint64") + 2**63,
            "int64": np.arange(length) - 2**60,
            "float32": rng.random(length).astype("float32"),
            "float64": np.where(np.arange(length) % 5 == 0, np.nan, rng.random(length)),
            "bool": np.arange(length) % 3 == 0,
            "text": texts,
            "category": pd.Categorical(np.where(np.arange(length) % 4 == 0, None, "x"), ["y", "x"]),
            "ordered": pd.Categorical(np.arange(length) % 3, [2, 1, 0], ordered=True),
            "many": pd.Categorical([f"c{i % 200}" for i in range(length)], [f"c{i}" for i in range(200)]),
            "flags": pd.Categorical(np.arange(length) % 2 == 0),
            "nullable_int": pd.array([None if i % 3 == 0 else i for i in range(length)], dtype="Int16"),
            "nullable_bool": pd.array([None if i % 3 == 0 else i % 2 == 0 for i in range(length)], dtype="boolean"),
            "nullable_text": pd.array([None if i % 3 == 0 else texts[i] for i in range(length)], dtype="string"),
            "Case": np.zeros(length),
            "case": np.ones(length),
        },
        index=[f"row{i}" for i in range(length)],
    )


def matrix(kind, dtype, rows=n, cols=m):
    dense = (rng.random((rows, cols)) * 10 * (rng.random((rows, cols)) < 0.2)).astype(dtype)
    return dense if kind == "dense" else getattr(sp, f"{kind}_matrix")(dense)


def uns():
    return {
        "none": None,
        "text": "héllo",
        "int": 42,
        "big": 2**60,
        "float": 2.5,
        "whole": 3.0,
        "nan": float("nan"),
        "bool": True,
        "numpy": np.float32(1.5),
        "complex": np.complex128(1 + 2j),
        "array": np.arange(12, dtype="int16").reshape(3, 4),
        "complex_array": np.array([1 + 2j, 3j]),
        "half": np.arange(4, dtype="float16"),
        "texts": np.array([["a", "b"], ["ü", ""]], dtype=object),
        "records": np.array([(1, 2.5, "x"), (2, 3.5, "yü")], dtype=[("a", "i4"), ("b", "f8"), ("s", "U4")]),
        "sparse": matrix("csc", "float64", 5, 6),
        "frame": columns(7),
        "category": pd.Categorical(["a", "b", "a"]),
        "nested": {"deeper": {"deepest": np.zeros((0, 3)), "empty": {}}, "x/y".replace("/", "-"): 1},
        "nullable": pd.array([1, None], dtype="Int64"),
    }


def write(name, x, **options):
    obs, var = columns(n), columns(m)
    obs.index.name = "cell"
    adata = ad.AnnData(X=x, obs=obs, var=var, uns=uns())
    adata.layers["counts"] = matrix("csr", "int32")
    adata.layers["dense"] = matrix("dense", "float64")
    adata.obsm["pca"] = rng.random((n, 5))
    adata.obsm["frame"] = columns(n).set_index(obs.index)
    adata.obsm["sparse"] = matrix("csr", "float32", n, 9)
    adata.varm["loadings"] = rng.random((m, 5)).astype("float32")
    adata.obsp["graph"] = matrix("csr", "float64", n, n)
    adata.varp["graph"] = matrix("csc", "float32", m, m)
    if name == "csr":
        adata.raw = adata.copy()
    adata.write_h5ad(folder / f"{name}.h5ad", **options)


write("dense", matrix("dense", "float32"))
write("csr", matrix("csr", "float32"), compression="gzip")
write("csc", matrix("csc", "int64"), compression="lzf")
write("int8", matrix("csr", "int8"), compression="gzip", compression_opts=9)
no_rows = ad.AnnData(X=np.zeros((0, 3), "float32"), obs=pd.DataFrame(index=[]), var=pd.DataFrame(index=["a", "b", "c"]))
no_rows.write_h5ad(folder / "no-rows.h5ad")
