"""Makes the inputs of the benchmark in a folder: `make_data.py FOLDER`. Always the same, from a fixed seed.

store.ats     written by the Python package: X and a layer of counts, tables, obsm, varm, uns
parts/        the same as raw files, for building it in memory
sparse-*.zarr, sparse.h5ad   X in CSR with its tables, written by anndata
array-*       X as a dense Zarr array: v2 blosc-lz4, v3 zstd, v3 sharded
rows.json, genes.json   what the subset cases ask for
"""

import json
import os
import sys

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp
import tensorstore as ts
from anndata_tensorstore import save_anndata_to_tensorstore

ROWS, COLUMNS, DENSITY = 20_000, 2_000, 0.069


def counts(rng):
    """Counts-like float32: about 6.9 % non-zero, some genes far more often than others, mostly small."""
    weight = rng.gamma(0.6, 1.0, COLUMNS)
    depth = rng.lognormal(0.0, 0.4, ROWS)
    low, high = 1e-4, 10.0
    for _ in range(40):
        scale = (low * high) ** 0.5
        density = 1 - np.exp(-scale * depth[:200, None] * weight[None, :]).mean()
        low, high = (scale, high) if density < DENSITY else (low, scale)
    blocks = [
        sp.csr_matrix(rng.poisson(scale * depth[i : i + 1000, None] * weight[None, :]).astype(np.float32))
        for i in range(0, ROWS, 1000)
    ]
    return sp.vstack(blocks, format="csr")


def observations(rng, x):
    kinds = np.array(["B cell", "CD4 T", "CD8 T", "NK", "Monocyte", "Dendritic", "Megakaryocyte"])
    total = np.asarray(x.sum(axis=1)).ravel()
    names = [f"{''.join(rng.choice(list('ACGT'), 12))}{i:05d}-1" for i in range(ROWS)]
    columns = {
        "cell_type": pd.Categorical(kinds[rng.integers(0, len(kinds), ROWS)]),
        "sample": pd.Categorical([f"donor_{i:02d}" for i in rng.integers(0, 24, ROWS)]),
        "batch": [f"batch-{i}" for i in rng.integers(0, 5, ROWS)],
        "n_genes": np.diff(x.indptr).astype(np.int32),
        "n_counts": total.astype(np.float32),
        "percent_mito": rng.random(ROWS),
        "is_doublet": rng.random(ROWS) < 0.05,
        "age": rng.integers(20, 90, ROWS),
    } | {f"score_{i}": rng.normal(size=ROWS).astype(np.float32) for i in range(4)}
    return pd.DataFrame(columns, index=pd.Index(names, name="barcode"))


def write_array(folder, name, driver, dense, metadata):
    spec = {"driver": driver, "kvstore": {"driver": "file", "path": os.path.join(folder, name) + "/"}, "metadata": metadata}
    ts.open(spec, create=True, delete_existing=True).result().write(dense).result()


def write_arrays(folder, dense):
    shape, chunk, shard = [ROWS, COLUMNS], [1000, 500], [4000, 2000]
    blosc = {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1}
    write_array(folder, "array-v2", "zarr", dense, {"shape": shape, "chunks": chunk, "dtype": "<f4", "compressor": blosc})
    codecs = [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "zstd", "configuration": {"level": 3}}]

    def v3(grid, codecs):
        regular = {"name": "regular", "configuration": {"chunk_shape": grid}}
        return {"shape": shape, "data_type": "float32", "chunk_grid": regular, "codecs": codecs}

    sharding = {"chunk_shape": [250, 500], "codecs": codecs, "index_codecs": [codecs[0], {"name": "crc32c"}]}
    write_array(folder, "array-v3", "zarr3", dense, v3(chunk, codecs))
    sharded = [{"name": "sharding_indexed", "configuration": sharding}]
    write_array(folder, "array-sharded", "zarr3", dense, v3(shard, sharded))


def write_sparse(folder, x, obs, var):
    adata = ad.AnnData(x, obs, var)
    for version in (2, 3):
        ad.settings.zarr_write_format = version
        adata.write_zarr(os.path.join(folder, f"sparse-v{version}.zarr"))
    adata.write_h5ad(os.path.join(folder, "sparse.h5ad"), compression="gzip")


def write_parts(folder, x, obsm, varm):
    parts = os.path.join(folder, "parts")
    os.makedirs(parts, exist_ok=True)
    for name, array in {"data": x.data, "indices": x.indices, "indptr": x.indptr, "pca": obsm, "pcs": varm}.items():
        array.tofile(os.path.join(parts, name))


def main(folder):
    os.makedirs(folder, exist_ok=True)
    rng = np.random.default_rng(20)
    x = counts(rng)
    x.indices, x.indptr = x.indices.astype(np.int32), x.indptr.astype(np.int32)
    obs = observations(rng, x)
    genes = pd.Index([f"GENE{i:05d}" for i in range(COLUMNS)], name="gene")
    var = pd.DataFrame({"n_cells": np.asarray((x > 0).sum(axis=0)).ravel(), "symbol": [f"S{i}" for i in range(COLUMNS)]}, index=genes)
    obsm, varm = (rng.normal(size=(n, 50)).astype(np.float32) for n in (ROWS, COLUMNS))
    adata = ad.AnnData(x, obs, var, obsm={"X_pca": obsm}, varm={"PCs": varm}, layers={"counts": x.copy()}, uns={"log1p": {"base": 2.0}})
    save_anndata_to_tensorstore(adata, os.path.join(folder, "store.ats"))
    write_sparse(folder, x, obs, var)
    write_parts(folder, x, obsm, varm)
    write_arrays(folder, x.toarray())
    picks = {
        "rows": rng.choice(ROWS, 1000, replace=False).tolist(),
        "genes": genes[np.sort(rng.choice(COLUMNS, 20, replace=False))].tolist(),
    }
    for name, values in picks.items():
        with open(os.path.join(folder, f"{name}.json"), "w") as file:
            json.dump(values, file)
    print(f"inputs: {ROWS} x {COLUMNS}, {x.nnz / (ROWS * COLUMNS):.2%} non-zero", file=sys.stderr)
    open(os.path.join(folder, "complete"), "w").close()


main(sys.argv[1])
