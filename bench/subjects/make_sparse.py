"""Makes the sparse inputs in a folder by anndata: `make_sparse.py FOLDER s|l`. Always the same for a size.

parts/{data,indices,indptr}   X in CSR as raw files, made block by block
sparse-*.zarr, sparse*.h5ad   X with its tables, in the layouts that anndata writes
rows.json, genes.json         what the subset cases ask for
"""

import json
import os
import sys
import warnings

import anndata as ad

import parts
import synthetic

warnings.simplefilter("ignore")


def write_zarrs(adata, folder):
    for name, version, sharded in (("v2", 2, False), ("v3", 3, False), ("sharded", 3, True)):
        ad.settings.zarr_write_format, ad.settings.auto_shard_zarr_v3 = version, sharded
        adata.write_zarr(os.path.join(folder, f"sparse-{name}.zarr"))


def write_h5ads(adata, folder):
    for name, compression in (("sparse", "gzip"), ("sparse-none", None), ("sparse-lzf", "lzf")):
        adata.write_h5ad(os.path.join(folder, f"{name}.h5ad"), compression=compression)


def main(folder, size):
    rows, columns = synthetic.SIZES[size]
    parts.write(folder, synthetic.count_blocks(rows, columns))
    x = parts.read(folder, (rows, columns))
    adata = ad.AnnData(x, synthetic.observations(x), synthetic.variables(x))
    write_zarrs(adata, folder)
    write_h5ads(adata, folder)
    for name, values in synthetic.picks(rows, columns).items():
        with open(os.path.join(folder, f"{name}.json"), "w") as file:
            json.dump(values, file)
    print(f"inputs: {rows} x {columns}, {x.nnz / (rows * columns):.2%} non-zero", file=sys.stderr)


main(*sys.argv[1:])
