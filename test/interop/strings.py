"""The oracle of strings.test.ts: zarr-python's arrays of strings. Answers one JSON line per request:

  {"make": case, "store": path, "values": texts | null}  makes a group with the array `names`, with values or empty; its metadata
  {"read": store, "format": 2 | 3}                         the texts of an array, flat in C order
"""

import json
import sys
import warnings

import numcodecs
import numpy as np
import zarr
from zarr import codecs

warnings.simplefilter("ignore")

COMPRESSORS = {
    2: {
        "none": None,
        "blosc": numcodecs.Blosc("zstd"),
        "zlib": numcodecs.Zlib(1),
        "gzip": numcodecs.GZip(1),
        "bz2": numcodecs.BZ2(1),
        "zstd": numcodecs.Zstd(1),
    },
    3: {
        "none": None,
        "blosc": codecs.BloscCodec(cname="lz4", typesize=1, shuffle="noshuffle"),
        "gzip": codecs.GzipCodec(level=1),
        "zstd": codecs.ZstdCodec(),
        "gzip+crc32c": (codecs.GzipCodec(), codecs.Crc32cCodec()),
    },
}


def array_of(texts, dtype):
    """Texts as numpy has them in an array of `dtype`."""
    if dtype == "str":
        return np.array(texts, dtype=object)
    if "S" in dtype:
        return np.array([text.encode() for text in texts], dtype=dtype)
    return np.array(texts, dtype=dtype)


def make(case, store, values):
    options = {}
    # Version 3's transpose codec is left out: zarr-python does not read its own transposed strings as it wrote them.
    if case.get("transposed"):
        options["order"] = "F"
    array = zarr.open_group(store, mode="w", zarr_format=case["format"]).create_array(
        "names",
        shape=tuple(case["shape"]),
        chunks=tuple(case["chunks"]),
        shards=tuple(case["shards"]) if case.get("shards") else None,
        dtype=str if case["dtype"] == "str" else np.dtype(case["dtype"]),
        compressors=COMPRESSORS[case["format"]][case["codec"]],
        chunk_key_encoding={"name": "v2", "separator": "/"} if case.get("slashes") else None,
        **options,
    )
    if values is not None:
        array[...] = array_of(values, case["dtype"]).reshape(case["shape"])
    name = ".zarray" if case["format"] == 2 else "zarr.json"
    with open(f"{store}/names/{name}") as file:
        return json.load(file)


def read(store, format):
    flat = np.asarray(zarr.open_array(f"{store}/names", mode="r", zarr_format=format)[...]).reshape(-1)
    return [text.decode() if isinstance(text, bytes) else str(text) for text in flat.tolist()]


for line in sys.stdin:
    request = json.loads(line)
    if "make" in request:
        answer = make(request["make"], request["store"], request["values"])
    else:
        answer = read(request["read"], request["format"])
    print(json.dumps(answer), flush=True)
