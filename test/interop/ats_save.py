"""Saves `.ats` stores with the Python package into the folder named on the command line; or only the one named after it."""

import os
import sys
import warnings
from pathlib import Path

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp
from anndata_tensorstore import save_anndata_to_tensorstore

warnings.simplefilter("ignore")
rng = np.random.default_rng(11)
n, m = 300, 120


def obs():
    frame = pd.DataFrame(
        {
            "cell_type": pd.Categorical(rng.choice(["B", "T", "NK"], n), ["T", "unused", "B", "NK"]),
            "stage": pd.Categorical(rng.choice(["low", "high", None], n), ["low", "mid", "high"], ordered=True),
            "n_genes": rng.integers(0, 1000, n),
            "big": np.arange(n, dtype="uint64") + 2**63,
            "small": np.arange(n).astype("int8"),
            "score": np.where(np.arange(n) % 7 == 0, np.nan, rng.random(n)),
            "half": rng.random(n).astype("float16"),
            "single": rng.random(n).astype("float32"),
            "doublet": np.arange(n) % 3 == 0,
            "nullable": pd.array([None if i % 4 == 0 else i for i in range(n)], dtype="Int64"),
            "flag": pd.array([None if i % 5 == 0 else i % 2 == 0 for i in range(n)], dtype="boolean"),
            "text": [f"text {i} ü" for i in range(n)],
        },
        index=[f"cell{i}" for i in range(n)],
    )
    frame.index.name = "barcode"
    return frame


def var():
    return pd.DataFrame({"symbol": [f"S{i % 50}" for i in range(m)]}, index=[f"gene{i}" for i in range(m)])


def matrix(kind, dtype):
    dense = (rng.random((n, m)) * 50 * (rng.random((n, m)) < 0.1)).astype(dtype)
    return dense if kind == "dense" else getattr(sp, f"{kind}_matrix")(dense)


def uns():
    return {
        "nested": {"params": {"k": 15, "method": "umap", "values": np.arange(5), "deep": {"x": np.float32(0.5)}}},
        "list": [1, 2.5, "three", None],
        "names": np.array(["a", "bb", "ü"]),
        "matrix": rng.random((4, 3)),
        "frame": pd.DataFrame({"gene": ["x", "y"], "p": [0.5, 0.25]}, index=["r1", "r2"]),
        "range_frame": pd.DataFrame({"v": np.arange(3, dtype="int32")}),
        "colors": ["#ff0000", "#00ff00"],
        "text": "héllo",
        "number": 7,
        "nothing": None,
        "bytes": b"\x00\xff",
    }


def store(kind, dtype="float32"):
    layers = {"counts": matrix("csr", "int32"), "dense": matrix("dense", "float64"), "half": matrix("dense", "float16")}
    return ad.AnnData(
        matrix(kind, dtype),
        obs=obs(),
        var=var(),
        layers=layers,
        obsm={"X_pca": rng.random((n, 10)), "X_umap": rng.random((n, 2)).astype("float32")},
        varm={"PCs": rng.random((m, 10))},
        uns=uns(),
    )


STORES = {
    "dense": lambda: store("dense"),
    "csr": lambda: store("csr"),
    "csc": lambda: store("csc", "float64"),
    "ints": lambda: store("dense", "int64"),
    "bools": lambda: store("dense", "bool"),
    "plain": lambda: ad.AnnData(matrix("dense", "uint16")),
}

folder = Path(sys.argv[1])
for name in sys.argv[2:] or STORES:
    save_anndata_to_tensorstore(STORES[name](), str(folder / f"{name}.ats"))

# TensorStore's threads sometimes abort the interpreter while it ends.
sys.stdout.flush()
os._exit(0)
