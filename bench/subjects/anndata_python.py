"""anndata with zarr-python and h5py, as its users work: parts of X come from the sparse data set of the open file."""

import json
import os
import shutil
import warnings

import anndata as ad
import h5py
import numpy as np
import zarr

import digest

warnings.simplefilter("ignore")


def prepare(args):
    picks = {}
    for name in ("rows", "genes"):
        if name in args:
            with open(args[name]) as file:
                picks[name] = json.load(file)
    return picks


def group(path):
    return h5py.File(path, "r") if path.endswith(".h5ad") else zarr.open_group(path, mode="r")


def names(root):
    return ad.io.read_elem(root["var"]).index


def read_part(args, picks):
    root = group(args["path"])
    x = ad.io.sparse_dataset(root["X"])
    if "rows" in picks:
        return x[np.asarray(picks["rows"])]
    if "genes" in picks:
        return x[:, names(root).get_indexer(picks["genes"])]
    return x.to_memory()


def read(path):
    return ad.read_h5ad(path) if path.endswith(".h5ad") else ad.read_zarr(path)


def write(adata, out, layout):
    """As zarr v2 or v3, sharded or not, or as h5ad with the compression of `layout`."""
    if out.endswith(".h5ad"):
        adata.write_h5ad(out, compression=layout.get("compression"))
        return
    ad.settings.zarr_write_format = layout["version"]
    ad.settings.auto_shard_zarr_v3 = layout.get("sharded", False)
    adata.write_zarr(out)


def remove(args):
    if os.path.isdir(args["out"]):
        shutil.rmtree(args["out"])
    elif os.path.exists(args["out"]):
        os.remove(args["out"])


def everything(adata):
    columns = {
        f"{name}/{column}": digest.of_column(frame[column])
        for name, frame in (("obs", adata.obs), ("var", adata.var))
        for column in frame.columns
    }
    index = {"obs": digest.of_column(adata.obs_names), "var": digest.of_column(adata.var_names)}
    return {"X": digest.of_sparse(adata.X), **index, **columns}


def nothing(_):
    """The output is compared instead."""
    return {}


operations = {
    "sparse.read": {"prepare": prepare, "run": read_part, "digest": lambda x: {"X": digest.of_sparse(x)}},
    "sparse.load": {"run": lambda args, _: read(args["path"]), "digest": everything},
    "sparse.write": {
        "prepare": lambda args: read(args["path"]),
        "reset": remove,
        "run": lambda args, adata: write(adata, args["out"], args["layout"]),
        "digest": nothing,
    },
    "sparse.convert": {
        "reset": remove,
        "run": lambda args, _: write(read(args["path"]), args["out"], args["layout"]),
        "digest": nothing,
    },
}
