"""The forms in which anndata stores an object, and its reading of any of them."""

import contextlib
import shutil
import zipfile

import anndata as ad
import h5py
import zarr


@contextlib.contextmanager
def setting(name, value):
    before = getattr(ad.settings, name)
    setattr(ad.settings, name, value)
    try:
        yield
    finally:
        setattr(ad.settings, name, before)


def _zarr(version, shard=False):
    def write(adata, path):
        with setting("zarr_write_format", version), setting("auto_shard_zarr_v3", shard):
            ad.io.write_zarr(path, adata, convert_strings_to_categoricals=False)

    return write


def _unconsolidated(version):
    """As `write_elem` leaves a group: no metadata but each node's own."""

    def write(adata, path):
        group = zarr.open_group(str(path), mode="w", zarr_format=version)
        ad.io.write_elem(group, "/", adata)

    return write


def _zipped(adata, path):
    folder = path.with_suffix(".folder")
    _zarr(3)(adata, folder)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for file in sorted(folder.rglob("*")):
            if file.is_file():
                archive.write(file, file.relative_to(folder))
    shutil.rmtree(folder)


def _h5ad(**options):
    return lambda adata, path: adata.write_h5ad(path, convert_strings_to_categoricals=False, **options)


FORMS = {
    "h5ad": (".h5ad", _h5ad()),
    "h5ad-gzip": (".h5ad", _h5ad(compression="gzip")),
    "h5ad-lzf": (".h5ad", _h5ad(compression="lzf")),
    "zarr2": (".zarr", _zarr(2)),
    "zarr2-unconsolidated": (".zarr", _unconsolidated(2)),
    "zarr3": (".zarr", _zarr(3)),
    "zarr3-sharded": (".zarr", _zarr(3, shard=True)),
    "zarr3-unconsolidated": (".zarr", _unconsolidated(3)),
    "zarr3-zip": (".zarr.zip", _zipped),
}


def write(adata, form, path):
    """Writes strings as strings: that anndata makes categories of them is its caller's business (`obs/converted` has some)."""
    FORMS[form][1](adata, path)


@contextlib.contextmanager
def opened(path):
    """The root group of a store, whatever the format."""
    if h5py.is_hdf5(path):
        with h5py.File(path) as root:
            yield root
    elif path.endswith(".zip"):
        with zarr.storage.ZipStore(path, mode="r") as store:
            yield zarr.open_group(store, mode="r")
    else:
        yield zarr.open_group(path, mode="r")


def encoding(path, node):
    """What the attributes of a node say that it is; "" is the root."""
    with opened(path) as root:
        attributes = (root[node] if node else root).attrs
        return [attributes["encoding-type"], attributes["encoding-version"]]


def read(path):
    """anndata's reading of a store of ours or its own, whatever the format."""
    if h5py.is_hdf5(path):
        return ad.read_h5ad(path)
    if path.endswith(".zip"):
        with zarr.storage.ZipStore(path, mode="r") as store:
            return ad.read_zarr(store)
    return ad.read_zarr(path)
