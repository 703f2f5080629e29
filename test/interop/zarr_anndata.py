"""Reads the h5ad named first, writes it as Zarr version 2 and 3, sharded and zipped, into the folder named second; prints what is
in them as Python reads them, one JSON document per line, as `describe.ts` describes ours."""

import json
import sys
import warnings
from pathlib import Path

import anndata as ad
import numpy as np
import zarr
from h5ad_describe import anndata

warnings.simplefilter("ignore")
ad.settings.allow_write_nullable_strings = True
source, folder = sys.argv[1], Path(sys.argv[2])


def shard(write, store, name, value, *, dataset_kwargs, iospec):
    """Small chunks, four to a shard, wherever zarr-python can."""
    shape = getattr(value, "shape", ())
    if iospec.encoding_type in ("csr_matrix", "csc_matrix"):
        dataset_kwargs = dict(dataset_kwargs, chunks=(32,), shards=(128,))
    elif iospec.encoding_type in ("array", "string-array") and shape and min(shape) > 0:
        dataset_kwargs = dict(dataset_kwargs, chunks=(5, *shape[1:]), shards=(20, *shape[1:]))
    write(store, name, value, dataset_kwargs=dataset_kwargs)


def read():
    """anndata does not write the complex number that it reads."""
    adata = ad.read_h5ad(source)
    adata.uns["complex"] = np.complex128(adata.uns["complex"])
    return adata


def consolidated(version, name):
    ad.settings.zarr_write_format = version
    read().write_zarr(folder / name)


def plain(version, name):
    consolidated(version, name)
    if version == 2:
        (folder / name / ".zmetadata").unlink()
    else:
        root = folder / name / "zarr.json"
        document = json.loads(root.read_text())
        del document["consolidated_metadata"]
        root.write_text(json.dumps(document))


def sharded(name):
    root = zarr.open_group(folder / name, mode="w", zarr_format=3)
    ad.experimental.write_dispatched(root, "/", read(), callback=shard)
    zarr.consolidate_metadata(root.store)


def zipped(version, name):
    ad.settings.zarr_write_format = version
    with zarr.storage.ZipStore(folder / name, mode="w") as store:
        read().write_zarr(store)


consolidated(2, "v2.zarr")
consolidated(3, "v3.zarr")
plain(2, "v2-plain.zarr")
plain(3, "v3-plain.zarr")
sharded("v3-sharded.zarr")
zipped(2, "v2.zip")
zipped(3, "v3.zip")
for path in sorted(folder.iterdir()):
    store = zarr.storage.ZipStore(path, mode="r") if path.suffix == ".zip" else path
    print(json.dumps({"name": path.name, "expected": anndata(ad.read_zarr(store))}))
