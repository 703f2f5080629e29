"""Makes stores in old forms, as old writers left them, into the folder named first: node by node with h5py and zarr, since today's anndata
writes none of them. Prints for each, as JSON, its path and what it holds, described by `h5ad_describe.py`: what anndata reads, or where anndata
reads the form not at all, the AnnData that it stands for, which the function that makes it returns."""

import json
import sys
import warnings
from pathlib import Path

import anndata as ad
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp
import zarr
from h5ad_describe import anndata as described

warnings.simplefilter("ignore")

N, M = 5, 3
X = np.arange(N * M, dtype="float32").reshape(N, M)
CELLS = [f"cell-{i}" for i in range(N)]
GENES = [f"gène {i}" for i in range(M)]
KINDS = ["T", "β", "NK"]
CODES = np.array([0, 2, -1, 1, 0], dtype="int8")
TEXT = h5py.string_dtype()
CASES = {}


def case(name, *formats):
    def add(make):
        CASES.update({f"{name} in {format}": (make, format) for format in formats})
        return make

    return add


def texts(group, name, values, **attributes):
    """Strings of any length, as a column or an index."""
    if isinstance(group, h5py.Group):
        node = group.create_dataset(name, data=np.array(values, dtype=object), dtype=TEXT)
    else:
        node = group.create_array(name, shape=(len(values),), dtype=str)
        node[:] = np.array(values, dtype=object)
    node.attrs.update(attributes)
    return node


def array(group, name, values):
    return group.create_dataset(name, data=values) if isinstance(group, h5py.Group) else group.create_array(name, data=np.asarray(values))


def marked(node, kind, version, **attributes):
    node.attrs.update({"encoding-type": kind, "encoding-version": version, **attributes})
    return node


def frame(root, name, index, order=(), version="0.2.0"):
    group = marked(root.create_group(name), "dataframe", version, _index="_index")
    group.attrs["column-order"] = np.array(order, dtype=TEXT) if isinstance(root, h5py.Group) else list(order)
    texts(group, "_index", index)
    return group


def frames(root, version="0.2.0"):
    frame(root, "obs", CELLS, version=version)
    frame(root, "var", GENES, version=version)


def records(values):
    """Structured arrays as h5py writes frames and pandas' records: texts of a fixed length."""
    return np.rec.fromarrays(list(values.values()), names=list(values))


def record_frames(root, obs={}, var={}):
    root["obs"] = records({"index": np.array(CELLS, dtype="S"), **obs})
    root["var"] = records({"index": np.array([f"gene-{i}" for i in range(M)], dtype="S"), **var})


def sparse(root, name, matrix, **attributes):
    group = root.create_group(name)
    group.attrs.update(attributes)
    for part in ("data", "indices", "indptr"):
        array(group, part, getattr(matrix, part))


def graph():
    return sp.csr_matrix(np.eye(N, k=1, dtype="float32") + 2 * np.eye(N, dtype="float32"))


@case("nodes without encodings", "h5ad", "zarr")
def unmarked(root):
    frames(root)
    array(root, "X", X)
    array(root.create_group("layers"), "counts", X.astype("int16"))
    array(root.create_group("obsm"), "X_pca", X[:, :2])
    uns = root.create_group("uns")
    array(uns.create_group("inner"), "numbers", [1.5, 2.5])
    texts(uns, "colors", ["#fff", "ünï"])


@case("a matrix with h5sparse_format csr", "h5ad", "zarr")
def h5sparse_rows(root):
    frames(root)
    sparse(root, "X", sp.csr_matrix(X), h5sparse_format="csr", h5sparse_shape=[N, M])


@case("a matrix with h5sparse_format csc", "h5ad", "zarr")
def h5sparse_columns(root):
    frames(root)
    sparse(root, "X", sp.csc_matrix(X), h5sparse_format="csc", h5sparse_shape=[N, M])


@case("categories by reference", "h5ad", "zarr")
def categories(root):
    obs = frame(root, "obs", CELLS, ["kind", "n"], "0.1.0")
    frame(root, "var", GENES, version="0.1.0")
    names = texts(obs.create_group("__categories"), "kind", KINDS, ordered=True)
    codes = array(obs, "kind", CODES)
    codes.attrs["categories"] = names.ref if isinstance(root, h5py.Group) else "__categories/kind"
    array(obs, "n", np.arange(N))
    array(root, "X", X)


@case("structured arrays for obs, var and obsm", "h5ad")
def structured(root):
    record_frames(root, {"n": np.arange(N), "score": np.linspace(0, 1, N)}, {"mean": np.arange(M, dtype="float32")})
    root["X"] = X
    values = np.zeros(N, dtype=[("X_pca", "f4", (2,)), ("X_one", "f8", (1,))])
    values["X_pca"], values["X_one"] = X[:, :2], X[:, :1]
    root["obsm"] = values


@case("categories in uns", "h5ad")
def uns_categories(root):
    record_frames(root, {"kind": np.array([0, 2, 1, 1, 0], dtype="int8"), "n": np.arange(N)})
    root["X"] = X
    uns = root.create_group("uns")
    texts(uns, "kind_categories", KINDS)
    uns["kept"] = np.arange(2)


@case("raw.X, raw.var and raw.varm", "h5ad")
def dotted_raw(root):
    record_frames(root)
    root["X"] = X
    wide = sp.csr_matrix(np.tile(X, 2))
    sparse(root, "raw.X", wide, h5sparse_format="csr", h5sparse_shape=[N, 2 * M])
    root["raw.var"] = records({"index": np.array([f"g{i}" for i in range(2 * M)], dtype="S"), "n": np.arange(2 * M)})
    root["raw.varm"] = np.zeros(2 * M, dtype=[("PCs", "f4", (2,))])


@case("graphs in uns/neighbors", "h5ad", "zarr")
def neighbors(root):
    frames(root)
    array(root, "X", X)
    inside = root.create_group("uns").create_group("neighbors")
    for key in ("connectivities", "distances"):
        marks = {"encoding-type": "csr_matrix", "encoding-version": "0.1.0", "shape": [N, N]}
        sparse(inside, key, graph(), **marks)
    array(inside, "n_neighbors", np.array(15))


@case("texts of a fixed length", "h5ad", "zarr")
def fixed(root):
    frame(root, "obs", CELLS, ["short"])
    frame(root, "var", GENES)
    array(root, "X", X)
    short = np.array([b"a", b"bc", b"", b"def", b"g"]) if isinstance(root, h5py.Group) else np.array(["a", "bc", "", "dêf", "g"])
    array(root["obs"], "short", short)


@case("attributes that are bytes of a fixed length", "h5ad")
def fixed_attributes(root):
    frames(root)
    sparse(root, "X", sp.csr_matrix(X), shape=[N, M])
    for name, marks in {"X": ("csr_matrix", "0.1.0"), "obs": ("dataframe", "0.2.0"), "var": ("dataframe", "0.2.0")}.items():
        root[name].attrs["encoding-type"], root[name].attrs["encoding-version"] = map(np.bytes_, marks)
    root["obs"].attrs["_index"] = np.bytes_("_index")
    array(root["obs"], "n", np.arange(N))
    root["obs"].attrs["column-order"] = np.array([b"n"])


@case("anndata-rs's nullable strings", "h5ad", "zarr")
def nullable(root):
    obs = frame(root, "obs", CELLS, ["maybe"])
    frame(root, "var", GENES)
    array(root, "X", X)
    column = marked(obs.create_group("maybe"), "nullable-string", "0.1.0")
    texts(column, "values", ["a", "", "ü", "", "b"])
    array(column, "mask", np.array([False, True, False, False, False]))
    maybe = pd.array(["a", None, "ü", "", "b"], dtype="string")
    return ad.AnnData(X, obs=pd.DataFrame({"maybe": maybe}, index=CELLS), var=pd.DataFrame(index=GENES))


def make(name, folder):
    fill, format = CASES[name]
    path = folder / f"{list(CASES).index(name)}.{format}"
    if format == "h5ad":
        with h5py.File(path, "w") as root:
            by_hand = fill(root)
    else:
        by_hand = fill(zarr.open_group(path, mode="w", zarr_format=2))
    value = by_hand or (ad.read_h5ad if format == "h5ad" else ad.read_zarr)(path)
    return {"path": str(path), "description": described(value)}


if __name__ == "__main__":
    print(json.dumps({name: make(name, Path(sys.argv[1])) for name in CASES}))
