"""The Python package anndata-tensorstore."""

import json
import os
import shutil

import anndata as ad
import numpy as np
import pandas as pd
from anndata_tensorstore import load_anndata_from_tensorstore, save_anndata_to_tensorstore

import digest
import parts


def read_json(path):
    with open(path) as file:
        return json.load(file)


def prepare_load(args):
    chosen = {}
    if "rows" in args:
        chosen["obs_indices"] = np.array(read_json(args["rows"]))
    if "genes" in args:
        chosen["var_names"] = read_json(args["genes"])
    return chosen


def load(args, chosen):
    return load_anndata_from_tensorstore(args["path"], **chosen)


def table(name, frame):
    columns = {f"{name}/{column}": digest.of_column(frame[column]) for column in frame.columns}
    return {f"{name}/index": digest.of_column(frame.index), **columns}


def digest_of(adata):
    maps = {
        f"{name}/{key}": digest.of_array(value)
        for name, members in (("layers", adata.layers), ("obsm", adata.obsm), ("varm", adata.varm))
        for key, value in members.items()
    }
    return {"X": digest.of_array(adata.X), **maps, **table("obs", adata.obs), **table("var", adata.var)}


def prepare_save(args):
    folder = args["folder"]
    store = os.path.join(folder, "store.ats")
    obs = pd.read_parquet(os.path.join(store, "obs.parquet"))
    var = pd.read_parquet(os.path.join(store, "var.parquet"))
    raw = {name: np.fromfile(parts.path(folder, name), "f4") for name in ("pca", "pcs")}
    x = parts.read(folder, (len(obs), len(var)))
    return ad.AnnData(
        x,
        obs,
        var,
        obsm={"X_pca": raw["pca"].reshape(len(obs), -1)},
        varm={"PCs": raw["pcs"].reshape(len(var), -1)},
        layers={"counts": x.copy()},
        uns={"log1p": {"base": 2.0}},
    )


operations = {
    "ats.load": {"prepare": prepare_load, "run": load, "digest": digest_of},
    "ats.save": {
        "prepare": prepare_save,
        "reset": lambda args: shutil.rmtree(args["out"], ignore_errors=True),
        "run": lambda args, adata: save_anndata_to_tensorstore(adata, args["out"]),
        "digest": lambda result: {},
    },
}
