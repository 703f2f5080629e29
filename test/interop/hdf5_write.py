"""
Writes HDF5 files with every element type, layout, chunk index and filter that h5py has into the folder named on the command line,
and beside each `x.h5` a folder `x` with the values of every dataset: little-endian, in C order, `NAME.bin`, listed in `index.json`.
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np

folder = Path(sys.argv[1])
rng = np.random.default_rng(11)

TYPES = ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", "c8", "c16", "?"]
SWAPPED = [">i2", ">u4", ">i8", ">f2", ">f4", ">f8", ">c8", ">c16"]


def values(dtype, shape):
    dtype = np.dtype(dtype)
    if dtype.kind == "?" or dtype == bool:
        return rng.random(shape) < 0.4
    if dtype.kind in "iu":
        info = np.iinfo(dtype)
        return rng.integers(info.min, info.max, shape, dtype=dtype.newbyteorder("="), endpoint=True).astype(dtype)
    real = rng.standard_normal(shape) * (rng.random(shape) < 0.5)
    return (real + 1j * rng.standard_normal(shape)).astype(dtype) if dtype.kind == "c" else real.astype(dtype)


def compact(file, name, data):
    plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plan.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple(data.shape)
    h5py.h5d.create(file.id, name.encode(), h5py.h5t.py_create(data.dtype, logical=True), space, plan)
    file[name][...] = data


def early(file, name, shape, chunks, dtype, maxshape=None):
    plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plan.set_chunk(chunks)
    plan.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    space = h5py.h5s.create_simple(shape, maxshape)
    h5py.h5d.create(file.id, name.encode(), h5py.h5t.py_create(np.dtype(dtype)), space, plan)
    file[name][...] = values(dtype, shape)


FILTERS = {
    "plain": {},
    "gzip": {"compression": "gzip"},
    "gzip-shuffle": {"compression": "gzip", "compression_opts": 9, "shuffle": True},
    "gzip-all": {"compression": "gzip", "shuffle": True, "fletcher32": True},
    "shuffle": {"shuffle": True},
    "fletcher32": {"fletcher32": True},
    "lzf": {"compression": "lzf"},
    "lzf-all": {"compression": "lzf", "shuffle": True, "fletcher32": True},
}


def types(file):
    for dtype in TYPES + SWAPPED:
        name = dtype.replace(">", "big-").replace("?", "bool")
        data = values(dtype, (23, 7))
        file[f"contiguous-{name}"] = data
        compact(file, f"compact-{name}", data)
        for filters in ["plain", "gzip-all", "lzf"]:
            file.create_dataset(f"chunked-{filters}-{name}", data=data, chunks=(5, 3), **FILTERS[filters])
        file[f"scalar-{name}"] = data[0, 0]
    file.create_dataset("enum", data=np.array([3, 1, 2, 1], "i2"), dtype=h5py.enum_dtype({"a": 1, "b": 2, "c": 3}, "i2"))


def filters(file):
    for name, options in FILTERS.items():
        file.create_dataset(f"{name}-1", data=values("f4", 10_007), chunks=(512,), **options)
        file.create_dataset(f"{name}-2", data=values("i8", (61, 83)), chunks=(16, 83), **options)
        file.create_dataset(f"{name}-3", data=values("i2", (11, 13, 17)), chunks=(4, 5, 6), **options)
    odd = values("u1", 999)
    file.create_dataset("incompressible", data=odd, chunks=(100,), compression="lzf")
    file.create_dataset("one-row", data=values("f8", (300, 5)), chunks=(1, 5), compression="gzip")


def indexes(file):
    unlimited = None
    for name, options in {"plain": {}, "gzip": {"compression": "gzip", "shuffle": True}}.items():
        add = lambda kind, shape, chunks, maxshape=None: file.create_dataset(
            f"{kind}-{name}", data=values("i4", shape), chunks=chunks, maxshape=maxshape, **options
        )
        add("single", (30, 20), (30, 20))
        add("single-larger", (30, 20), (64, 64), (64, 64))
        add("fixed", (101, 37), (10, 10))
        add("fixed-growing", (101, 37), (10, 10), (400, 80))
        add("fixed-paged", (3000, 3), (1, 2))
        add("extensible-few", (7,), (10,), (unlimited,))
        add("extensible", (5003,), (10,), (unlimited,))
        add("extensible-second", (6, 503), (4, 7), (9, unlimited))
        add("extensible-first", (503, 6), (7, 4), (unlimited, 9))
        add("extensible-middle", (5, 203, 6), (2, 7, 4), (6, unlimited, 13))
        add("btree", (101, 37), (10, 10), (unlimited, unlimited))
        add("btree-deep", (400, 90), (2, 3), (unlimited, unlimited))
    early(file, "implicit", (50, 9), (7, 4), "f8")
    early(file, "implicit-growing", (50, 9), (7, 4), "f8", (90, 22))


def pages(file):
    """Arrays of chunks that are so long that HDF5 keeps them in pages, some of which were never written."""
    file.create_dataset("extensible-paged", data=values("u1", 200_003), chunks=(1,), maxshape=(None,))
    holes = file.create_dataset("extensible-paged-holes", (300_000,), "i2", chunks=(1,), maxshape=(None,), fillvalue=-3)
    holes[5:9] = 1
    holes[70_000:70_100] = 2
    holes[299_990:] = 3
    holes = file.create_dataset("fixed-paged-holes", (9000,), "f4", chunks=(1,), fillvalue=0.5)
    holes[3:5] = 1
    holes[5000] = 2


def holes(file):
    file.create_dataset("nothing-contiguous", (9, 4), "f4", fillvalue=2.5)
    file.create_dataset("nothing-zero", (9, 4), "f4")
    for dtype in ["<i4", ">i4", "<f2", ">c16"]:
        name = dtype.replace(">", "big-").replace("<", "")
        some = file.create_dataset(f"some-{name}", (40, 30), dtype, chunks=(8, 8), fillvalue=np.array(7, dtype)[()], compression="gzip")
        some[9:12, 3:21] = values(dtype, (3, 18))
    grown = file.create_dataset("grown", data=values("i4", (10, 10)), chunks=(4, 4), maxshape=(None, None), fillvalue=-1)
    grown.resize((31, 12))
    grown[25:, 11] = 5
    shrunk = file.create_dataset("shrunk", data=values("i4", (40, 40)), chunks=(4, 4), maxshape=(None, None))
    shrunk.resize((13, 7))
    file.create_dataset("no-rows", (0, 5), "f4", chunks=(4, 4), maxshape=(None, 5))
    file["empty"] = np.zeros((0,), "i8")
    # One chunk from which a filter was left out.
    masked = file.create_dataset("masked", (200,), "u1", chunks=(100,), compression="gzip", shuffle=True)
    masked[...] = values("u1", 200)
    masked.id.write_direct_chunk((100,), bytes(range(100)), filter_mask=3)


def dump(path):
    with h5py.File(path) as file:
        values_folder = path.with_suffix("")
        values_folder.mkdir()
        index = []
        for name, item in file.items():
            value = np.asarray(item[()])
            little = np.ascontiguousarray(value.astype(value.dtype.newbyteorder("<")))
            (values_folder / f"{name}.bin").write_bytes(little.tobytes())
            index.append({"name": name, "shape": list(value.shape), "stored": item.id.get_storage_size()})
        (values_folder / "index.json").write_text(json.dumps(index))


FILES = [
    ("types", {}, types),
    ("types-latest", {"libver": ("v110", "v110")}, types),
    ("filters", {}, filters),
    ("filters-latest", {"libver": ("v110", "v110")}, filters),
    ("indexes", {"libver": ("v110", "v110")}, indexes),
    ("indexes-old", {}, indexes),
    ("pages", {"libver": ("v110", "v110")}, pages),
    ("holes", {}, holes),
    ("holes-latest", {"libver": ("v110", "v110")}, holes),
    ("userblock", {"userblock_size": 1024}, filters),
    ("userblock-latest", {"userblock_size": 512, "libver": ("v110", "v110")}, indexes),
    ("newest", {"libver": "latest"}, filters),
    ("newest-indexes", {"libver": "latest"}, indexes),
]

for name, options, write in FILES:
    path = folder / f"{name}.h5"
    with h5py.File(path, "w", **options) as file:
        write(file)
    dump(path)
