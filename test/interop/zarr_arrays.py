"""Writes one Zarr group per version into the folder named on the command line, with an array for each element type and for
each codec that zarr-python writes; prints what each holds, one JSON document per line, as `describe.ts` describes ours."""

import json
import sys
import warnings
from pathlib import Path

import numcodecs
import numpy as np
import zarr
import zarr.codecs as codecs
import zarr.codecs.numcodecs as compat
from h5ad_describe import array

warnings.simplefilter("ignore")
folder = Path(sys.argv[1])
rng = np.random.default_rng(3)

NUMBERS = "?,i1,i2,i4,i8,u1,u2,u4,u8,f2,f4,f8,c8,c16".split(",")
TEXTS = np.array([["", "a", "héllo", "日本語"], ["x" * 40, "😀", "tail ", "0"]] * 5)


def numbers(code, shape=(13, 7)):
    values = rng.integers(-100, 100, shape) * 1.5
    if code.startswith("c"):
        return (values + 1j * rng.random(shape)).astype(code)
    edges = np.zeros(shape, code)
    edges[...] = values.astype("i8").astype(code)
    if code[0] in "iu":
        edges[0, 0], edges[0, 1] = np.iinfo(code).min, np.iinfo(code).max
    if code[0] == "f":
        edges[0, :3] = np.nan, np.inf, -np.inf
    return edges


def write(version, group, name, values, chunks=None, holes=None, **options):
    """Writes `values`, but only the rows before `holes` where that is given: the others have the fill value."""
    if chunks is None:
        chunks = tuple(max(1, (extent + 2) // 3) for extent in values.shape)
    stored = group.create_array(name, shape=values.shape, dtype=values.dtype, chunks=chunks, **options)
    if holes is None:
        stored[...] = values
    else:
        values = np.array(values)
        stored[:holes] = values[:holes]
        values[holes:] = stored.fill_value
    print(json.dumps({"store": f"v{version}", "path": name, "expected": describe(values)}))


def as_text(dtype):
    """`dtype` with numpy's S as U."""
    if dtype.names is not None:
        return np.dtype([(name, as_text(dtype[name])) for name in dtype.names])
    return np.dtype(f"U{dtype.itemsize}") if dtype.kind == "S" else dtype


def describe(values):
    if values.shape != ():
        return array(values.astype(as_text(values.dtype)))
    return {"kind": "dense", "dtype": values.dtype.name, "shape": [], "sha": array(values.reshape(1))["sha"]}


def common(version, group):
    for code in NUMBERS:
        values = numbers(code)
        write(version, group, f"number-{code.replace('?', 'b')}", values)
        write(version, group, f"scalar-{code.replace('?', 'b')}", values[1, 1].reshape(()))
        write(version, group, f"holes-{code.replace('?', 'b')}", values, holes=5)
    write(version, group, "big", numbers("f8"), chunks=(2, 3))
    write(version, group, "cube", rng.integers(0, 9, (5, 6, 7)), chunks=(2, 3, 4))
    write(version, group, "nothing", np.zeros((0, 4), "f4"), chunks=(1, 4))
    write(version, group, "filled", numbers("f4"), holes=5, fill_value=2.5)
    write(version, group, "filled-nan", numbers("f8"), holes=5, fill_value=float("nan"))
    write(version, group, "filled-infinity", numbers("f4"), holes=5, fill_value=-np.inf)
    write(version, group, "filled-wide", numbers("u8"), holes=5, fill_value=2**64 - 1)
    write(version, group, "filled-low", numbers("i8"), holes=5, fill_value=-(2**63))
    write(version, group, "filled-true", numbers("?"), holes=5, fill_value=True)
    write(version, group, "filled-complex", numbers("c8"), holes=5, fill_value=1 - 2j)
    write(version, group, "text-variable", TEXTS.astype(np.dtypes.StringDType()))
    write(version, group, "text-U", TEXTS)
    write(version, group, "text-S", np.array([[b"", b"ab"], [b"abc", b"z"]] * 4))
    write(version, group, "text-holes", TEXTS.astype(np.dtypes.StringDType()), holes=4, fill_value="none")
    write(version, group, "text-1d", TEXTS.ravel(), chunks=(7,))
    records = np.zeros(11, [("a", "<i4"), ("b", "f8"), ("c", "U5"), ("d", "S3"), ("e", "?")])
    for i in range(11):
        records[i] = (i - 5, i / 4, f"é{i}", b"xyz"[: i % 4], i % 2)
    write(version, group, "records", records, chunks=(4,))


def version2(group):
    values = numbers("i4")
    for name, compressor in {
        "none": None,
        "zlib": numcodecs.Zlib(5),
        "gzip": numcodecs.GZip(1),
        "bz2": numcodecs.BZ2(1),
        "zstd": numcodecs.Zstd(3),
        **{f"blosc-{cname}-{shuffle}": numcodecs.Blosc(cname, 5, shuffle)
           for cname in ["lz4", "lz4hc", "zstd", "zlib", "blosclz"] for shuffle in [0, 1, 2, -1]},
    }.items():
        write(2, group, f"codec-{name}", values, compressors=compressor)
        write(2, group, f"text-codec-{name}", TEXTS.astype(np.dtypes.StringDType()), compressors=compressor)
    for code in ["i2", "i4", "u8", "f4", "f8", "c16", "U5"]:
        values = TEXTS.astype(f">{code}") if code == "U5" else numbers(code).astype(f">{code}")
        write(2, group, f"big-endian-{code}", values)
    write(2, group, "order-F", numbers("f8"), order="F")
    write(2, group, "order-F-text", TEXTS.astype(np.dtypes.StringDType()), order="F")
    write(2, group, "separator", numbers("f8"), chunk_key_encoding={"name": "v2", "separator": "/"})
    write(2, group, "separator-text", TEXTS, chunk_key_encoding={"name": "v2", "separator": "/"})


def version3(group):
    values = numbers("i4")
    compressors = {
        "none": None,
        "gzip": codecs.GzipCodec(level=1),
        "zstd": codecs.ZstdCodec(level=3),
        "zstd-checksum": codecs.ZstdCodec(level=3, checksum=True),
        "crc32c": [codecs.ZstdCodec(), codecs.Crc32cCodec()],
        "two": [codecs.GzipCodec(level=1), codecs.ZstdCodec()],
        "numcodecs-blosc": compat.Blosc(cname="zstd", clevel=3, shuffle=1),
        "numcodecs-gzip": compat.GZip(level=1),
        "numcodecs-zstd": compat.Zstd(level=1),
        **{f"blosc-{cname}-{shuffle}": codecs.BloscCodec(cname=cname, shuffle=shuffle)
           for cname in ["lz4", "lz4hc", "zstd", "zlib", "blosclz"] for shuffle in ["noshuffle", "shuffle", "bitshuffle"]},
    }
    for name, compressor in compressors.items():
        write(3, group, f"codec-{name}", values, compressors=compressor)
        text = TEXTS.astype(np.dtypes.StringDType())
        write(3, group, f"text-codec-{name}", text, compressors=compressor)
        write(3, group, f"shard-{name}", values, chunks=(2, 4), shards=(4, 8), compressors=compressor)
        write(3, group, f"text-shard-{name}", text, chunks=(2, 3), shards=(4, 6), compressors=compressor)
    write(3, group, "big-endian", numbers("f8"), serializer=codecs.BytesCodec(endian="big"))
    write(3, group, "big-endian-text", TEXTS, serializer=codecs.BytesCodec(endian="big"))
    write(3, group, "transposed", rng.integers(0, 9, (5, 6, 7)), filters=[codecs.TransposeCodec(order=(2, 0, 1))], chunks=(2, 3, 4))
    # Of fixed length: zarr-python 3.1 does not read the transposed strings of variable length that it writes.
    write(3, group, "transposed-text", TEXTS, filters=[codecs.TransposeCodec(order=(1, 0))])
    write(3, group, "keys-v2", numbers("f8"), chunk_key_encoding={"name": "v2", "separator": "."})
    write(3, group, "keys-dot", numbers("f8"), chunk_key_encoding={"name": "default", "separator": "."})
    write(3, group, "keys-v2-text", TEXTS, chunk_key_encoding={"name": "v2", "separator": "/"})
    for location in ["start", "end"]:
        sharding = codecs.ShardingCodec(
            chunk_shape=(2, 4), index_location=location, codecs=[codecs.BytesCodec(), codecs.ZstdCodec()])
        write(3, group, f"shard-index-{location}", numbers("i8"), chunks=(4, 8), serializer=sharding, compressors=None)
    write(3, group, "shard-holes", numbers("f4"), chunks=(2, 4), shards=(4, 8), holes=4)


for version, special in [(2, version2), (3, version3)]:
    root = zarr.open_group(folder / f"v{version}", mode="w", zarr_format=version)
    common(version, root)
    special(root)
