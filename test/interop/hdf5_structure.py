"""
Writes HDF5 files with every kind of group, link and attribute that h5py has into the folder named on the command line, and then answers the
path of a changed copy with what h5py (which is HDF5's own library, as h5wasm is) finds in it: for every node its kind, its shape, the names of
its members and its attributes; null for what fails.
"""

import json
import resource
import struct
import sys
from pathlib import Path

import h5py
import numpy as np

resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
folder = Path(sys.argv[1])
text = h5py.string_dtype()

VERSIONS = {"earliest": None, "latest": ("latest", "latest"), "v110": ("v110", "v110")}


def attributes(attrs):
    attrs["text"] = "strü"
    attrs["empty text"] = ""
    attrs["texts"] = np.array(["a", "", "ü"] * 3, dtype=object)
    attrs["grid of texts"] = np.array([["a", "b"], ["c", "d"]], dtype=object)
    attrs["fixed"] = np.bytes_("fix")
    attrs["fixed texts"] = np.array([b"a", b"bb"])
    for code in ["i1", "u1", ">i2", "u2", "i4", ">u4", "i8", "u8", "f2", ">f4", "f8"]:
        attrs[code] = np.array([[1, 2, 3], [4, 5, 127]], dtype=code)
    attrs["big"] = np.array([2**53 - 1, 2**53, -(2**53), 2**63 - 1, -(2**63)])
    attrs["huge"] = np.uint64(2**64 - 1)
    attrs["odd floats"] = np.array([np.nan, np.inf, -np.inf, -0.0, 5e-324])
    attrs["true"] = True
    attrs["flags"] = np.array([True, False])
    attrs["null"] = h5py.Empty("f8")
    attrs["null text"] = h5py.Empty(text)
    attrs["nothing"] = np.zeros((0, 3))
    attrs["complex"] = 1 + 2j
    attrs["record"] = np.array([(1, 2.5)], dtype=[("a", "i4"), ("b", "f8")])
    lists = np.empty(1, dtype=object)
    lists[0] = np.arange(3, dtype="i4")
    attrs.create("list", lists, dtype=h5py.vlen_dtype("i4"))
    attrs["opaque"] = np.void(b"bytes")
    attrs["ünïcode näme " + "long " * 40] = 1
    attrs["colour"] = np.array(2, dtype=h5py.enum_dtype({"RED": 1, "BLUE": 2}, basetype="i2"))


def datasets(group):
    group["scalar"] = 2.5
    group["text"] = "héllo"
    group["texts"] = np.array(["a", "ü", ""], dtype=object)
    group["fixed"] = np.array([b"a", b"bb"])
    group["fixed utf8"] = np.array(["ü".encode()], dtype=h5py.string_dtype("utf-8", 5))
    group["flags"] = np.array([True, False])
    group["complex"] = np.zeros(3, "c16")
    group["big endian"] = np.zeros((2, 3), ">i4")
    group["null"] = h5py.Empty("f4")
    group["null text"] = h5py.Empty(text)
    group["no rows"] = np.zeros((0, 4))
    group.create_dataset("gzip", data=np.arange(100), chunks=(7,), compression="gzip", shuffle=True, fletcher32=True)
    group.create_dataset("lzf", data=np.ones((9, 9)), chunks=(4, 5), compression="lzf")
    group.create_dataset("growing", data=np.arange(9), chunks=(4,), maxshape=(None,))
    group.create_dataset("both", data=np.ones((9, 9)), chunks=(4, 4), maxshape=(None, None))
    group.create_dataset("scaled", data=np.arange(100), chunks=(10,), scaleoffset=0)
    group["records"] = np.zeros(3, [("a", "i4"), ("b", "S3")])
    group["named type"] = np.dtype("i4")
    group.create_dataset("of named type", data=np.arange(3), dtype=group["named type"])
    group["of named type"].attrs.create("of named type", np.arange(2), dtype=group["named type"])


def links(file):
    group = file.create_group("links")
    group["hard"] = file["datasets/gzip"]
    group["soft"] = h5py.SoftLink("/datasets/gzip")
    group["relative"] = h5py.SoftLink("self/../inner/./soft")
    group["near"] = h5py.SoftLink("inner//soft/")
    group["dangling"] = h5py.SoftLink("/datasets/none")
    group["through a dataset"] = h5py.SoftLink("/datasets/gzip/more")
    group["loop"] = h5py.SoftLink("loop")
    group["there"] = h5py.SoftLink("back")
    group["back"] = h5py.SoftLink("there")
    group["external"] = h5py.ExternalLink("other.h5", "/x")
    group["group"] = h5py.SoftLink("/many")
    inner = group.create_group("inner")
    inner["soft"] = h5py.SoftLink("/links/soft")
    at = 15
    group["step 0"] = h5py.SoftLink("/datasets")
    for i in range(1, at + 2):
        group[f"step {i}"] = h5py.SoftLink(f"step {i - 1}")


def groups(file, members):
    for name, order in [("many", False), ("many in order", True)]:
        many = file.create_group(name, track_order=order)
        for i in range(members):
            many.create_group(f"{(i * 7919) % members:05d} {'ü' * (i % 40)}")
    file.create_group("none")
    deep = file.create_group("deep")
    for i in range(20):
        deep = deep.create_group(f"level {i}")
    few = file.create_group("few in order", track_order=True)
    for name in ["c", "a", "b"]:
        few[name] = 1
        few.attrs[name] = 2
    # Members that went away leave holes.
    holes = file.create_group("holes")
    for i in range(60):
        holes[f"{i}"] = i
    for i in range(0, 60, 3):
        del holes[f"{i}"]


def many_attributes(file, latest):
    group = file.create_group("many attributes")
    for i in range(60):
        group.attrs[f"attribute {i:03d}"] = f"value {i}" if i % 2 else i
    ordered = file.create_group("many attributes in order", track_order=True)
    for i in range(40):
        ordered.attrs[f"attribute {(i * 17) % 40}"] = i
    if latest:
        # Beyond 64 KiB they are in places of their own.
        group.attrs["columns"] = np.array([f"column {i}" for i in range(5000)], dtype=object)
        group.attrs["values"] = np.arange(20_000)


def references(path, libver):
    with h5py.File(path, "w", libver=libver) as file:
        categories = file.create_group("obs/__categories")
        categories["cell type"] = np.array(["B", "T"], dtype=object)
        file["obs/cell type"] = np.arange(4) % 2
        file["obs/cell type"].attrs["categories"] = categories["cell type"].ref
        file["obs"].attrs["all"] = np.array([categories.ref, file.ref, categories["cell type"].ref], dtype=h5py.ref_dtype)
        file["x"] = np.zeros(4)
        file["nowhere"] = 1
        file["nowhere"].attrs["reference"] = h5py.Reference()
        file["x"].dims[0].label = "rows"
        file["scale"] = np.arange(4)
        file["scale"].make_scale("scale")
        file["x"].dims[0].attach_scale(file["scale"])


def write(path, libver, members):
    with h5py.File(path, "w", libver=libver) as file:
        attributes(file.attrs)
        datasets(file.create_group("datasets"))
        for name in ["scalar", "text", "null"]:
            attributes(file["datasets"][name].attrs)
        groups(file, members)
        links(file)
        many_attributes(file, libver is not None)


def number(value):
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (int, np.integer)) and abs(int(value)) >= 2**53:
        return str(int(value))
    if value != value:
        return "nan"
    return struct.pack("<d", float(value)).hex()


def plain(value):
    if isinstance(value, h5py.Empty):
        return None
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value] if value.shape else plain(value[()])
    if isinstance(value, bytes):
        return "text " + value.decode()
    return "text " + value.encode().decode() if isinstance(value, str) else number(value)


LEFT_OUT = [h5py.h5t.COMPOUND, h5py.h5t.OPAQUE, h5py.h5t.ARRAY, h5py.h5t.VLEN, h5py.h5t.TIME]


def describe_attributes(item):
    result = {}
    for name in item.attrs:
        attribute = item.attrs.get_id(name)
        if attribute.get_space().get_simple_extent_type() == h5py.h5s.NULL:
            result[name] = None
        elif attribute.get_type().get_class() not in LEFT_OUT:
            result[name] = plain(item.attrs[name])
    return result


def walk(group, path, result, left):
    names = sorted(group)
    result[path or "/"] = {"names": names, "attributes": describe_attributes(group)}
    for name in names[:left]:
        below = f"{path}/{name}"
        if not isinstance(group.get(name, getlink=True), h5py.HardLink):
            continue
        try:
            item = group[name]
            if isinstance(item, h5py.Group) and below.count("/") <= 3:
                walk(item, below, result, 12)
            elif isinstance(item, h5py.Dataset):
                shape = None if item.shape is None else list(item.shape)
                result[below] = {"shape": shape, "attributes": describe_attributes(item)}
        except Exception:  # noqa: BLE001: whatever a damaged file provokes
            result[below] = None
    return result


def structure(path):
    try:
        with h5py.File(path, "r") as file:
            return walk(file, "", {}, 12)
    except Exception:  # noqa: BLE001
        return {}


for name, libver in VERSIONS.items():
    write(folder / f"{name}.h5", libver, 3000)
    write(folder / f"small-{name}.h5", libver, 30)
    references(folder / f"references-{name}.h5", libver)

for line in sys.stdin:
    request = json.loads(line)
    answer = sorted(path.name for path in folder.iterdir()) if request == "files" else structure(request)
    print(json.dumps(answer), flush=True)
