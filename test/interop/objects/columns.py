"""Columns of data frames: by name, a function of a length and a random generator. Every encoding that a column can have, typical and odd."""

import anndata as ad
import numpy as np
import pandas as pd

INTEGERS = ["int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"]
NULLABLE = [name.replace("i", "I", 1).replace("u", "U", 1) for name in INTEGERS]

TEXTS = ["plain", "", "ünï©ødé", "日本語", "🧬 emoji", " space ", "tab\tnew\nline", "quote\"'", "e\u0301 combined", "\u202eright", "NaN", "x" * 300]


def texts(n, rng):
    return [TEXTS[i % len(TEXTS)] + ("" if i < len(TEXTS) else str(i)) for i in rng.permutation(n)]


def integers(n, dtype):
    info = np.iinfo(dtype)
    values = [info.min, info.max, 0, info.max - 1, info.min + 1, 1]
    return np.array([values[i % 6] for i in range(n)], dtype=dtype)


def floats(n, dtype):
    values = [np.nan, np.inf, -np.inf, -0.0, 0.0, np.finfo(dtype).max, np.finfo(dtype).tiny, np.finfo(dtype).smallest_subnormal, 1.5]
    return np.array([values[i % 9] for i in range(n)], dtype=dtype)


def some_missing(values):
    return [None if i % 3 == 1 else value for i, value in enumerate(values)]


def codes(n, count):
    return [i % (count + 1) - 1 for i in range(n)]


def categorical(categories, ordered=False):
    return lambda n, rng: pd.Categorical.from_codes(codes(n, len(categories)), categories=categories, ordered=ordered)


def _columns():
    yield "bool", lambda n, rng: rng.random(n) < 0.5
    for dtype in INTEGERS:
        yield dtype, lambda n, rng, dtype=dtype: integers(n, dtype)
    for dtype in ["float16", "float32", "float64"]:
        yield dtype, lambda n, rng, dtype=dtype: floats(n, dtype)
    yield "text", lambda n, rng: texts(n, rng)
    yield "distinct-text", lambda n, rng: [f"text {i}" for i in range(n)]
    yield "text-objects", lambda n, rng: np.array(texts(n, rng), dtype=object)
    yield "empty-text", lambda n, rng: [""] * n
    yield "category-text", categorical(["b", "a", "ünï", ""])
    yield "category-ordered", categorical(["low", "mid", "high"], True)
    yield "category-int", categorical([3, 1, -2])
    yield "category-uint8", lambda n, rng: pd.Categorical.from_codes(codes(n, 3), pd.Index(np.array([9, 0, 255], "uint8")))
    yield "category-float", categorical([0.5, np.inf, -1.0])
    yield "category-float32", lambda n, rng: pd.Categorical.from_codes(codes(n, 2), pd.Index(np.array([0.5, 2.5], "float32")))
    yield "category-bool", lambda n, rng: pd.Categorical.from_codes(codes(n, 2), [False, True])
    yield "category-unused", lambda n, rng: pd.Categorical.from_codes([0] * n, ["used", "unused", "never"])
    yield "category-missing", lambda n, rng: pd.Categorical.from_codes([-1] * n, ["a", "b"])
    yield "category-none", lambda n, rng: pd.Categorical.from_codes([-1] * n, pd.Index([], dtype="int64"))
    yield "category-many", lambda n, rng: pd.Categorical.from_codes([(i * 97) % 400 for i in range(n)], [f"c{i}" for i in range(400)])
    yield "category-ordered-int", categorical(list(range(20, 0, -1)), True)
    for dtype, plain in zip(NULLABLE, INTEGERS):
        yield dtype, lambda n, rng, dtype=dtype, plain=plain: pd.array(some_missing(integers(n, plain).tolist()), dtype=dtype)
    yield "Int32-missing", lambda n, rng: pd.array([None] * n, dtype="Int32")
    yield "Int64-full", lambda n, rng: pd.array(list(range(n)), dtype="Int64")
    yield "boolean", lambda n, rng: pd.array(some_missing([i % 2 == 0 for i in range(n)]), dtype="boolean")
    yield "boolean-missing", lambda n, rng: pd.array([None] * n, dtype="boolean")
    yield "string", lambda n, rng: pd.array(some_missing(texts(n, rng)), dtype="string[python]")
    yield "string-full", lambda n, rng: pd.array(texts(n, rng), dtype="string[python]")
    yield "string-missing", lambda n, rng: pd.array([None] * n, dtype="string[python]")


COLUMNS = dict(_columns())


def names(n, prefix="r"):
    return [f"{prefix}{i}" for i in range(n)]


def frame(kinds, n, rng, index=None):
    """A data frame with one column per kind; its index is text."""
    columns = {kind: COLUMNS[kind](n, rng) for kind in kinds}
    return pd.DataFrame(columns, index=pd.Index(names(n) if index is None else index))


ad.settings.allow_write_nullable_strings = True
