"""Writes one large AnnData into the folder named first, in every form of objects/stores.py that support.ts names, each array in some forty chunks;
prints the paths by form. Its values are random, so that no codec makes them small."""

import json
import sys
import warnings
from pathlib import Path

import anndata as ad
import awkward as ak
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp
import zarr

warnings.simplefilter("ignore")
ad.settings.allow_write_nullable_strings = True
ROWS, CHUNK = 80_000, 2000


def texts(rng, count):
    return [f"{value:x}" for value in rng.integers(0, 2**40, count)]


def make():
    rng = np.random.default_rng(1)
    missing = rng.random(ROWS) < 0.1
    names = pd.array(texts(rng, ROWS), dtype="string")
    names[missing] = pd.NA
    obs = pd.DataFrame(
        {
            "category": pd.Categorical.from_codes(rng.integers(-1, 20, ROWS), texts(rng, 20)),
            "integers": pd.arrays.IntegerArray(rng.integers(0, 2**31, ROWS), missing),
            "booleans": pd.arrays.BooleanArray(rng.random(ROWS) < 0.5, missing),
            "strings": names,
        },
        index=[f"cell-{i}" for i in range(ROWS)],
    )
    matrix = sp.random(ROWS, 300, 0.1, "csr", "float32", rng)
    counts = rng.integers(0, 6, ROWS)
    lists = ak.unflatten(ak.Array(rng.random(counts.sum())), counts)
    records = np.rec.fromarrays([rng.integers(0, 2**31, ROWS), rng.random(ROWS)], names=["a", "b"])
    result = ad.AnnData(
        matrix,
        obs=obs,
        layers={"columns": matrix.tocsc()},
        obsm={"dense": rng.random((ROWS, 8)), "lists": lists},
        uns={"texts": np.array(texts(rng, ROWS), dtype=object), "records": records, "one": 1},
    )
    result.raw = result.copy()
    return result


def chunked(shards):
    def callback(write, store, name, value, *, dataset_kwargs, iospec):
        shape = getattr(value, "shape", ())
        kwargs = {}
        if iospec.encoding_type in ("csr_matrix", "csc_matrix"):
            kwargs = {"chunks": (30 * CHUNK,), **({"shards": (120 * CHUNK,)} if shards else {})}
        elif iospec.encoding_type in ("array", "string-array", "rec-array") and shape and shape[0] > CHUNK:
            # zarr-python has no shards of records.
            sharded = shards and iospec.encoding_type != "rec-array"
            kwargs = {"chunks": (CHUNK, *shape[1:]), **({"shards": (4 * CHUNK, *shape[1:])} if sharded else {})}
        write(store, name, value, dataset_kwargs=kwargs)

    return callback


def fill(root, adata, shards=False):
    ad.experimental.write_dispatched(root, "/", adata, callback=chunked(shards))


def main(folder):
    adata = make()
    paths = {form: str(folder / f"{form}{suffix}") for form, suffix in
             {"zarr2": ".zarr", "zarr3": ".zarr", "zarr3-sharded": ".zarr", "zarr3-zip": ".zarr.zip", "h5ad": ".h5ad"}.items()}
    fill(zarr.open_group(paths["zarr2"], mode="w", zarr_format=2), adata)
    fill(zarr.open_group(paths["zarr3"], mode="w", zarr_format=3), adata)
    fill(zarr.open_group(paths["zarr3-sharded"], mode="w", zarr_format=3), adata, shards=True)
    with zarr.storage.ZipStore(paths["zarr3-zip"], mode="w") as store:
        fill(zarr.open_group(store, mode="w", zarr_format=3), adata)
    with h5py.File(paths["h5ad"], "w") as root:
        fill(root, adata)
    print(json.dumps(paths))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
