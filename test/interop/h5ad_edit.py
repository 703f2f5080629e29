"""Answers JSON requests about edited .h5ad files: makes them, says byte for byte what is stored in them, and compares with anndata's own edits."""

import hashlib
import json
import sys
import warnings

import anndata as ad
import h5py
import numpy as np
import pandas as pd
import scipy.sparse as sp
from anndata.tests.helpers import assert_equal

warnings.simplefilter("ignore")
VARS = 30


def matrix(kind, start, stop, columns=VARS):
    values = np.random.default_rng(start).poisson(0.3, (stop - start, columns)).astype("float32")
    return {"csr": sp.csr_matrix, "csc": sp.csc_matrix, "dense": np.asarray}[kind](values)


def cells(kind, start, stop):
    count = stop - start
    numbers = np.arange(start, stop)
    near = sp.random(count, count, 0.1, "csr", "float64", np.random.default_rng(stop))
    return ad.AnnData(
        X=matrix(kind, start, stop),
        obs=pd.DataFrame(
            {
                "size": numbers.astype("float32"),
                "old": [f"text {i} ü" for i in numbers],
                "kind": pd.Categorical(np.where(numbers % 3 == 0, "a", "b")),
                "flag": numbers % 2 == 0,
                "maybe": pd.array([None if i % 4 == 0 else int(i) for i in numbers], dtype="Int16"),
            },
            index=[f"cell {i}" for i in numbers],
        ),
        var=pd.DataFrame({"n": np.arange(VARS)}, index=[f"gene {i}" for i in range(VARS)]),
        layers={"counts": matrix("csr", start, stop), "flat": matrix("dense", start, stop)},
        obsm={"X_pca": numbers[:, None] * np.arange(1.0, 4.0)},
        obsp={"near": near, "full": near.toarray()},
        uns={
            "title": "t",
            "nested": {"list": np.array(["p", "q"], dtype=object), "complex": np.array([1 + 2j]), "flags": np.array([True, False])},
            "records": np.array([(1, 2.5), (3, 4.5)], dtype=[("a", ">i4"), ("b", "<f8")]),
        },
    )


def strange(group):
    """What no encoding has: it is to be kept bit for bit."""
    group.attrs["encoding-type"] = "somebody-thing"
    group.attrs["encoding-version"] = "9"
    group.attrs["small"] = np.int8(3)
    group.attrs["grid"] = np.arange(6, dtype=">u2").reshape(2, 3)
    group.attrs["empty"] = h5py.Empty("f4")
    group.attrs["texts"] = ["one", "zwei ü"]
    options = {"chunks": (7,), "compression": "gzip", "shuffle": True, "maxshape": (None,)}
    group.create_dataset("big-endian", data=np.arange(50, dtype=">i4"), fletcher32=True, **options)
    names = np.array([f"name {i}" for i in range(50)], dtype=object)
    group.create_dataset("names", data=names, dtype=h5py.string_dtype(), **options)
    colours = h5py.enum_dtype({"red": 1, "blue": -4}, "i2")
    group.create_dataset("colours", data=np.array([1, -4], dtype="i2"), dtype=colours)
    group.create_dataset("holes", shape=(100,), dtype="f4", chunks=(10,), fillvalue=7.5)[30:35] = 1
    group.create_dataset("opaque", data=np.array([b"abc", b"de"], dtype="V3"))
    group.create_dataset("fixed", data=np.array([b"abc", b"de"], dtype="S3"))
    group.create_dataset("nothing", data=h5py.Empty("i8"))
    group.create_dataset("mixed", data=np.array([("x", 1)], dtype=[("t", h5py.string_dtype()), ("n", "i4")]))
    group.create_group("inner").attrs["deep"] = 1.5


def make(path, kind, codec, start, stop, other):
    cells(kind, start, stop).write_h5ad(path, compression=codec)
    if not other:
        return True
    with h5py.File(path, "r+") as file:
        file.attrs["note"] = np.float32(0.5)
        strange(file.create_group("somebody"))
        strange(file["uns"].create_group("strange"))
    return True


def attributes(node):
    found = {}
    for name in node.attrs:
        value = node.attrs[name]
        attribute = h5py.h5a.open(node.id, name.encode())
        found[name] = [str(attribute.get_type().dtype), str(attribute.shape), repr(np.asarray(value).tolist())]
    return found


def values(dataset):
    if dataset.shape is None:
        return None
    if h5py.check_string_dtype(dataset.dtype) or dataset.dtype.hasobject:
        return repr(dataset[()].tolist() if dataset.shape else dataset[()])
    if dataset.chunks is None:
        return hashlib.sha1(np.ascontiguousarray(dataset[()]).tobytes()).hexdigest()
    chunks = []
    for i in range(dataset.id.get_num_chunks()):
        offset = dataset.id.get_chunk_info(i).chunk_offset
        mask, data = dataset.id.read_direct_chunk(offset)
        chunks.append([list(offset), mask, hashlib.sha1(data).hexdigest()])
    return chunks


def stored(path, below):
    """Everything that is stored below a path: types, shapes, filters, and each chunk's bytes."""
    found = {}

    def visit(name, node):
        if not isinstance(node, h5py.Dataset):
            found[name] = attributes(node)
            return
        plan = node.id.get_create_plist()
        filters = [list(map(str, plan.get_filter(i))) for i in range(plan.get_nfilters())]
        facts = [str(node.dtype), str(h5py.check_enum_dtype(node.dtype)), node.shape, node.maxshape, node.chunks]
        fill = None if node.dtype.hasobject or node.shape is None else repr(node.fillvalue)
        found[name] = [facts, filters, fill, attributes(node), values(node)]

    with h5py.File(path) as file:
        if below == "":
            found[""] = attributes(file)
            file.visititems(visit)
        elif below in file:
            visit("", file[below])
            if isinstance(file[below], h5py.Group):
                file[below].visititems(visit)
    return found


def edited(path, original):
    """Whether a file is what the same edit in Python gives."""
    with h5py.File(path, "r+") as file:
        del file["somebody"]  # anndata reads no file that has it
    ours, theirs = ad.read_h5ad(path), ad.read_h5ad(original)
    n = theirs.n_obs
    theirs.obs["size"] = np.arange(n, dtype="int16")
    theirs.obs["label"] = pd.Categorical(np.where(np.arange(n) % 2 == 0, "x", "y"))
    del theirs.obs["old"]
    theirs.layers["more"] = np.ones((n, VARS), dtype="float32")
    del theirs.layers["flat"]
    theirs.obsm["X_pca"] = np.zeros((n, 2))
    theirs.uns["title"] = "new"
    assert_equal(ours, theirs, exact=True)
    return True


def appended(path, parts, pairwise):
    """Whether a file is what anndata's concat makes of the parts."""
    ours = ad.read_h5ad(path)
    theirs = ad.concat([ad.read_h5ad(part) for part in parts], pairwise=pairwise, merge="first", uns_merge="first")
    for name in ["obs", "var", "layers", "obsm"]:
        assert_equal(getattr(ours, name), getattr(theirs, name), exact=False)
    assert_equal(ours.X, theirs.X)
    assert ours.obsp.keys() == theirs.obsp.keys(), ours.obsp.keys()
    for key in theirs.obsp:
        assert_equal(ours.obsp[key], theirs.obsp[key])
    return True


OPERATIONS = {"make": make, "stored": stored, "edited": edited, "appended": appended}
for line in sys.stdin:
    name, *arguments = json.loads(line)
    print(json.dumps(OPERATIONS[name](*arguments)), flush=True)
