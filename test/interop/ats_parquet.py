"""`write FOLDER`: tables as pandas writes them. `compare A B …`: prints one JSON document for each pair, null where B reads as A."""

import json
import sys
import warnings

import numpy as np
import pandas as pd

warnings.simplefilter("ignore")
rng = np.random.default_rng(3)


def columns():
    n = 5
    return {
        "text": ["a", None, "", "ü🧬", "e"],
        "category": pd.Categorical(["z", "a", "z", None, "b"], ["z", "b", "unused", "a"]),
        "ordered": pd.Categorical(["lo", "hi", "lo", "mid", "hi"], ["lo", "mid", "hi"], ordered=True),
        "one_category": pd.Categorical(["x"] * n),
        "no_category": pd.Categorical([None] * n, []),
        "int8": np.array([-128, 127, 0, 1, 2], "i1"),
        "int16": np.array([-(2**15), 2**15 - 1, 0, 1, 2], "i2"),
        "int32": np.array([-(2**31), 2**31 - 1, 0, 1, 2], "i4"),
        "int64": np.array([-(2**63), 2**63 - 1, 0, 1, 2]),
        "uint8": np.array([255, 0, 1, 2, 3], "u1"),
        "uint16": np.array([2**16 - 1, 0, 1, 2, 3], "u2"),
        "uint32": np.array([2**32 - 1, 0, 1, 2, 3], "u4"),
        "uint64": np.array([2**64 - 1, 0, 1, 2, 3], "u8"),
        "half": np.array([1, 2, np.nan, np.inf, -0.0], "f2"),
        "single": np.array([1, np.nan, 3, -np.inf, -0.0], "f4"),
        "double": np.array([1, 2, np.nan, np.inf, 5e-324]),
        "bool": [True, False, True, True, False],
        "Int64": pd.array([1, None, 3, 2**62, 5], dtype="Int64"),
        "UInt8": pd.array([1, 2, 3, 4, 255], dtype="UInt8"),
        "boolean": pd.array([True, None, False, True, True], dtype="boolean"),
        "Float64": pd.array([1.5, None, 3, 4, 5], dtype="Float64"),
        "Float32": pd.array([1.5, None, 3, 4, 5], dtype="Float32"),
        "time": pd.to_datetime([0, 1, None, 3, 4], unit="ns"),
        "seconds": pd.to_datetime([0, 1, None, 3, 4], unit="s").astype("datetime64[s]"),
        "zoned": pd.to_datetime([0, 1, 2, 3, 4], unit="D").tz_localize("Europe/Berlin"),
        "span": pd.to_timedelta([1, 2, 3, 4, None], unit="s"),
        "date": [pd.Timestamp(2020, 1, day).date() for day in range(1, n + 1)],
    }


def frames():
    named = pd.DataFrame(columns(), index=pd.Index(list("vwxyz"), name="cell"))
    small = named[["int8", "category"]]
    yield "all", named, {}
    yield "unnamed", small.rename_axis(None), {}
    yield "range", small.reset_index(drop=True), {}
    yield "range_part", small.reset_index(drop=True).iloc[1:5:2], {}
    yield "range_named", small.reset_index(drop=True).rename_axis("row"), {}
    yield "int_index", small.set_axis([5, 3, 1, 2, 9]), {}
    yield "float_index", small.set_axis([0.5, 1, 2, 3, 4]), {}
    yield "category_index", small.set_axis(pd.CategoricalIndex(list("ababa"))), {}
    yield "index_named_as_column", small.rename_axis("int8"), {}
    yield "no_columns", named[[]], {}
    yield "no_rows", named.iloc[:0], {}
    for codec in ["snappy", "gzip", "brotli", "zstd", "lz4", None]:
        yield f"codec_{codec}", named, {"compression": codec}
    yield "pages_v2", named, {"data_page_version": "2.0"}
    yield "plain", named, {"use_dictionary": False}
    many = 20_000
    big = pd.DataFrame(
        {
            "code": pd.Categorical.from_codes(rng.integers(-1, 300, many), [f"k{i}" for i in range(320)]),
            "text": [f"name {i % 977}" for i in range(many)],
            "value": rng.random(many),
            "rare": np.where(np.arange(many) % 501 == 0, "x", None),
            "run": np.arange(many) // 1000,
            "bool": np.arange(many) % 3 == 0,
        },
        index=[f"cell-{i}" for i in range(many)],
    )
    yield "big", big, {}
    yield "row_groups", big, {"row_group_size": 999}
    yield "small_pages", big, {"data_page_size": 512, "row_group_size": 7000}


def compare(a, b):
    try:
        pd.testing.assert_frame_equal(a, b, check_exact=True, check_index_type=True, check_freq=False)
        return None
    except AssertionError as error:
        return str(error)


if sys.argv[1] == "write":
    for name, frame, options in frames():
        frame.to_parquet(f"{sys.argv[2]}/{name}.parquet", **options)
    print(json.dumps([name for name, _, _ in frames()]))
else:
    for a, b in zip(sys.argv[2::2], sys.argv[3::2], strict=True):
        print(json.dumps(compare(pd.read_parquet(a), pd.read_parquet(b))))
