"""What stock anndata makes of stores whose matrices are kept in both layouts: `sparse_dual.py PATH`, one JSON line."""

import json
import sys
import warnings

import anndata as ad
import numpy as np

path = sys.argv[1]
with warnings.catch_warnings(record=True) as seen:
    warnings.simplefilter("always")
    adata = ad.read_h5ad(path) if path.endswith(".h5ad") else ad.read_zarr(path)
lazy = ad.experimental.read_lazy(path)
print(
    json.dumps(
        {
            "x": adata.X.toarray().tolist(),
            "format": adata.X.format,
            "layer": adata.layers["counts"].toarray().tolist(),
            "lazy": bool((np.asarray(lazy[1:3].to_memory().X.toarray()) == adata.X.toarray()[1:3]).all()),
            "uns": sorted(adata.uns),
            "warnings": [str(w.message) for w in seen if "dual" in str(w.message) or "csc" in str(w.message)],
        }
    )
)
