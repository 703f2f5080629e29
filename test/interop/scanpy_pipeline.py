"""scanpy's usual pipeline on the store at argv[1], which holds counts; prints what came of it as JSON. With argv[2] `lazy`, opens it lazily instead."""

import json
import sys
import warnings

import anndata as ad
import numpy as np

warnings.simplefilter("ignore")


def pipeline(path):
    import scanpy as sc

    adata = ad.read_zarr(path)
    counts = np.asarray(adata.X.sum(axis=1)).ravel()
    sc.pp.normalize_total(adata, target_sum=1e4)
    sc.pp.log1p(adata)
    sc.pp.highly_variable_genes(adata, n_top_genes=100)
    sc.pp.pca(adata, n_comps=10, random_state=0)
    sc.pp.neighbors(adata, n_neighbors=10, random_state=0)
    sc.tl.leiden(adata, flavor="igraph", n_iterations=2, directed=False, random_state=0)
    sc.tl.umap(adata, random_state=0, maxiter=20)
    sc.tl.rank_genes_groups(adata, "leiden", n_genes=5)
    best = {group: adata.uns["rank_genes_groups"]["names"][group][0] for group in adata.obs["leiden"].cat.categories}
    return {
        "shape": list(adata.shape),
        "counts": float(counts.sum()),
        "clusters": adata.obs["leiden"].astype(int).tolist(),
        "umap": list(adata.obsm["X_umap"].shape),
        "best": best,
    }


def lazy(path):
    adata = ad.experimental.read_lazy(path)
    rows = adata[10:20].to_memory()
    return {
        "shape": list(adata.shape),
        "kind": type(adata.X).__module__.split(".")[0],
        "sum": float(rows.X.sum()),
        "truth": rows.obs["truth"].astype(str).tolist(),
    }


print(json.dumps(lazy(sys.argv[1]) if sys.argv[2:] == ["lazy"] else pipeline(sys.argv[1])))
