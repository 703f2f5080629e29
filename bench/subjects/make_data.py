"""Makes the inputs that are not sparse in a folder, after make_sparse.py: `make_data.py FOLDER`. Always the same, from a fixed seed.

store.ats         written by the Python package: X and a layer of counts, tables, obsm, varm, uns
parts/{pca,pcs}   its obsm and varm as raw files, for building them in memory
array-*           X as a dense Zarr array: v2 blosc-lz4, v3 zstd, v3 sharded
"""

import os
import sys

import anndata as ad
import numpy as np
import tensorstore as ts
from anndata_tensorstore import save_anndata_to_tensorstore

import parts
import synthetic


def write_array(folder, name, driver, dense, metadata):
    spec = {"driver": driver, "kvstore": {"driver": "file", "path": os.path.join(folder, name) + "/"}, "metadata": metadata}
    ts.open(spec, create=True, delete_existing=True).result().write(dense).result()


def write_arrays(folder, dense):
    shape, chunk, shard = list(dense.shape), [1000, 500], [4000, 2000]
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


def main(folder):
    rng = np.random.default_rng(23)
    rows, columns = synthetic.SIZES["s"]
    x = parts.read(folder, (rows, columns))
    obsm, varm = (rng.normal(size=(n, 50)).astype(np.float32) for n in (rows, columns))
    for name, array in {"pca": obsm, "pcs": varm}.items():
        array.tofile(parts.path(folder, name))
    adata = ad.AnnData(
        x,
        synthetic.observations(x),
        synthetic.variables(x),
        obsm={"X_pca": obsm},
        varm={"PCs": varm},
        layers={"counts": x.copy()},
        uns={"log1p": {"base": 2.0}},
    )
    save_anndata_to_tensorstore(adata, os.path.join(folder, "store.ats"))
    write_arrays(folder, x.toarray())


main(sys.argv[1])
