"""The objects: by name, a function that makes one AnnData from a random generator. What a name says is what the object is about."""

import zlib

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp
from columns import COLUMNS, frame, names
from matrices import (
    AWKWARD,
    DENSE,
    SPARSE,
    awkward,
    dense,
    explicit_zeros,
    matrix,
    records,
    sparse,
    special,
    text_array,
    twice,
    unsorted,
    values,
    wide,
)

CASES = {}
N, M = 7, 5
COMMON = ["bool", "int64", "float32", "distinct-text", "text", "category-text", "category-ordered", "Int32", "boolean", "string"]
KINDS = ["dense", "csr", "csc"]


def case(name):
    def add(make):
        assert name not in CASES, name
        CASES[name] = make
        return make

    return add


def base(x=None, n=N, m=M, **members):
    """An AnnData with little beside what a case is about."""
    if x is not None:
        n, m = x.shape
    obs = members.pop("obs", None)
    var = members.pop("var", None)
    obs = pd.DataFrame(index=pd.Index(names(n))) if obs is None else obs
    var = pd.DataFrame(index=pd.Index(names(m, "g"))) if var is None else var
    return ad.AnnData(X=x, obs=obs, var=var, **members)


def make(name):
    """The object of that name: the same in every run."""
    return CASES[name](np.random.default_rng(zlib.crc32(name.encode())))


# X and layers: element types, kinds, shapes, odd values.

for dtype in DENSE:
    case(f"X/dense/{dtype}")(lambda rng, dtype=dtype: base(dense((N, M), dtype, rng)))
for kind in ["csr", "csc"]:
    for dtype in SPARSE:
        case(f"X/{kind}/{dtype}")(lambda rng, kind=kind, dtype=dtype: base(sparse(kind, (N, M), dtype, rng)))
for kind in KINDS:
    for shape in [(0, 0), (0, 5), (5, 0), (1, 1), (1, 6), (6, 1)]:
        case(f"X/{kind}/{shape[0]}x{shape[1]}")(lambda rng, kind=kind, shape=shape: base(matrix(kind, shape, "float32", rng)))
    case(f"X/{kind}/larger")(lambda rng, kind=kind: base(matrix(kind, (230, 140), "float32", rng, 0.1)))
for dtype in ["float32", "float64"]:
    case(f"X/dense/special-{dtype}")(lambda rng, dtype=dtype: base(special((N, M), dtype)))
    case(f"X/csr/special-{dtype}")(lambda rng, dtype=dtype: base(sp.csr_matrix(special((N, M), dtype))))
for dtype in ["int64", "uint64", "int32"]:
    case(f"X/csc/ends-{dtype}")(lambda rng, dtype=dtype: base(sp.csc_matrix(special((N, M), dtype))))
for kind in ["csr", "csc"]:
    case(f"X/{kind}/nothing-stored")(lambda rng, kind=kind: base(sparse(kind, (N, M), "float32", rng, 0)))
    case(f"X/{kind}/all-stored")(lambda rng, kind=kind: base(sparse(kind, (N, M), "float64", rng, 1)))
    case(f"X/{kind}/explicit-zeros")(lambda rng, kind=kind: base(explicit_zeros(sparse(kind, (N, M), "float32", rng))))
    case(f"X/{kind}/unsorted")(lambda rng, kind=kind: base(unsorted(sparse(kind, (N, M), "float32", rng, 0.8))))
    case(f"X/{kind}/duplicates")(lambda rng, kind=kind: base(twice(sparse(kind, (N, M), "float32", rng))))
    case(f"X/{kind}/64-bit-indices")(lambda rng, kind=kind: base(wide(sparse(kind, (N, M), "float32", rng))))
    case(f"X/{kind}/sparse-array")(lambda rng, kind=kind: base(sparse(f"{kind}_array", (N, M), "float32", rng)))
case("X/dense/fortran-order")(lambda rng: base(np.asfortranarray(dense((N, M), "float32", rng))))
case("X/dense/strided")(lambda rng: base(dense((2 * N, 3 * M), "float64", rng)[::2, ::3]))
case("X/none")(lambda rng: base(None, obs=frame(["int32"], 4, rng), var=frame(["bool"], 3, rng)))
case("X/none-at-all")(lambda rng: ad.AnnData())
case("X/none-with-layers")(lambda rng: base(None, n=4, m=3, layers={"a": dense((4, 3), "float32", rng)}))
for kind in KINDS:
    case(f"layers/{kind}")(
        lambda rng, kind=kind: base(dense((N, M), "float32", rng), layers={d: matrix(kind, (N, M), d, rng) for d in ["int32", "float64", "bool"]})
    )
    case(f"layers/{kind}-empty")(lambda rng, kind=kind: base(n=0, m=3, layers={"none": matrix(kind, (0, 3), "int16", rng)}))
case("layers/many")(lambda rng: base(n=3, m=2, layers={f"layer {i}": dense((3, 2), "uint8", rng) for i in range(12)}))
case("layers/names")(
    lambda rng: base(n=3, m=2, layers={key: dense((3, 2), "float32", rng) for key in ["ünï 日本", "a.b", "X", "Case", "case", "0.0", "c", "+", "%41", "__x", "__"]})
)


# obs and var: one column of each kind at several lengths.

for kind in COLUMNS:
    case(f"obs/{kind}")(lambda rng, kind=kind: base(n=40, m=2, obs=frame([kind], 40, rng)))
case("obs/no-rows")(lambda rng: base(n=0, m=2, obs=frame(list(COLUMNS), 0, rng)))
case("obs/one-row")(lambda rng: base(n=1, m=2, obs=frame(list(COLUMNS), 1, rng)))
case("var/every-column")(lambda rng: base(n=2, m=30, var=frame(list(COLUMNS), 30, rng)))
@case("obs/converted")
def converted(rng):
    """Strings that anndata has turned into categories, as its writers do unless they are told not to."""
    result = base(n=20, m=3, obs=frame([kind for kind in COLUMNS if "text" in kind or kind in ("string", "string-full")], 20, rng), var=frame(["string"], 3, rng))
    result.strings_to_categoricals()
    return result


case("var/no-rows")(lambda rng: base(n=2, m=0, var=frame(["string", "category-text", "boolean"], 0, rng)))
case("obs/no-columns")(lambda rng: base(n=9, m=2))
case("obs/many-columns")(lambda rng: base(n=3, m=2, obs=pd.DataFrame({f"column {i}": [i] * 3 for i in range(60)}, index=names(3))))
case("obs/column-order")(lambda rng: base(n=3, m=2, obs=pd.DataFrame({key: [1, 2, 3] for key in ["z", "a", "M", "0", "10", "9"]}, index=names(3))))
case("obs/column-names")(
    lambda rng: base(n=3, m=2, obs=pd.DataFrame({key: [1, 2, 3] for key in ["ünï 日本", "a.b", "Case", "case", "index", "🧬", " ", "c", "0.0", "__x", "__categories"]}, index=names(3)))
)
case("obs/index-unicode")(lambda rng: base(n=5, m=2, obs=pd.DataFrame(index=["ünï", "日本語", "🧬", " ", "tab\t"])))
case("obs/index-duplicates")(lambda rng: base(n=4, m=2, obs=pd.DataFrame({"a": [1, 2, 3, 4]}, index=["x", "x", "y", "x"])))
case("var/index-duplicates")(lambda rng: base(n=4, m=3, var=pd.DataFrame(index=["g", "g", "g"])))
case("obs/index-numbers")(lambda rng: base(n=4, m=2, obs=pd.DataFrame({"a": [1, 2, 3, 4]}, index=["0", "1", "10", "2"])))
case("obs/index-name")(lambda rng: base(n=3, m=2, obs=pd.DataFrame({"a": [1, 2, 3]}, index=pd.Index(names(3), name="cell id"))))
case("obs/index-name-of-a-column")(lambda rng: base(n=3, m=2, obs=pd.DataFrame({"cell": names(3)}, index=pd.Index(names(3), name="cell"))))
case("obs/index-empty-text")(lambda rng: base(n=3, m=2, obs=pd.DataFrame(index=["", "a", " "])))
case("obs/index-long")(lambda rng: base(n=300, m=2, obs=pd.DataFrame(index=[f"cell-{i}-{'x' * (i % 40)}" for i in range(300)])))


# obsm, varm, obsp, varp.

for dtype in DENSE:
    case(f"obsm/dense/{dtype}")(lambda rng, dtype=dtype: base(n=N, m=2, obsm={"a": dense((N, 3), dtype, rng), "one": dense((N, 1), dtype, rng)}))
for kind in ["csr", "csc", "csr_array", "csc_array"]:
    case(f"obsm/{kind}")(lambda rng, kind=kind: base(n=N, m=2, obsm={"a": sparse(kind, (N, 9), "float32", rng), "wide": sparse(kind, (N, 90), "int8", rng)}))
    case(f"varm/{kind}")(lambda rng, kind=kind: base(n=2, m=M, varm={"a": sparse(kind, (M, 4), "float64", rng)}))
    case(f"obsp/{kind}")(lambda rng, kind=kind: base(n=N, m=2, obsp={"graph": sparse(kind, (N, N), "float64", rng)}))
    case(f"varp/{kind}")(lambda rng, kind=kind: base(n=2, m=M, varp={"graph": sparse(kind, (M, M), "float32", rng, 0)}))
case("obsm/no-columns")(lambda rng: base(n=N, m=2, obsm={"none": np.zeros((N, 0)), "sparse": sp.csr_matrix((N, 0))}))
case("obsm/no-rows")(lambda rng: base(n=0, m=2, obsm={"none": np.zeros((0, 3)), "frame": frame(["int32", "text"], 0, rng)}))
case("obsm/three-dimensions")(lambda rng: base(n=N, m=2, obsm={"a": values((N, 3, 4), "float32", rng), "b": values((N, 1, 2, 2), "int16", rng)}))
case("obsm/frame")(lambda rng: base(n=12, m=2, obsm={"frame": frame(list(COLUMNS), 12, rng), "empty": frame([], 12, rng)}))
case("varm/frame")(lambda rng: base(n=2, m=8, varm={"frame": frame(["string", "Int8", "category-ordered"], 8, rng, names(8, "g"))}))
case("varm/dense")(lambda rng: base(n=2, m=M, varm={"PCs": values((M, 3), "float32", rng), "third": values((M, 2, 2), "int64", rng)}))
case("obsp/dense")(lambda rng: base(n=N, m=2, obsp={"distances": values((N, N), "float32", rng)}))
case("varp/dense")(lambda rng: base(n=2, m=M, varp={"a": values((M, M), "uint16", rng)}))
case("obsp/no-rows")(lambda rng: base(n=0, m=2, obsp={"graph": sp.csr_matrix((0, 0), dtype="float32"), "dense": np.zeros((0, 0))}))
for kind in AWKWARD:
    case(f"obsm/awkward-{kind}")(lambda rng, kind=kind: base(n=N, m=2, obsm={"a": awkward(kind, N)}))
case("obsm/awkward-no-rows")(lambda rng: base(n=0, m=2, obsm={"a": awkward("lists", 3)[:0]}))
case("varm/awkward")(lambda rng: base(n=2, m=M, varm={"a": awkward("record-lists", M)}))
case("uns/awkward")(lambda rng: base(n=2, m=2, uns={"a": awkward("missing", 9), "b": awkward("texts", 4)}))


# raw.


def with_raw(kind, rng, cut=slice(None), **members):
    whole = base(matrix(kind, (N, M), "float32", rng), var=frame(["category-text", "float64", "string"], M, rng, names(M, "g")), **members)
    result = whole.copy()
    result.raw = whole
    return result[:, cut].copy()


for kind in KINDS:
    case(f"raw/{kind}")(lambda rng, kind=kind: with_raw(kind, rng))
    case(f"raw/{kind}-of-more-variables")(lambda rng, kind=kind: with_raw(kind, rng, slice(1, 3)))
case("raw/varm")(lambda rng: with_raw("csr", rng, slice(2), varm={"PCs": np.ones((M, 2))}))
case("raw/no-variables-left")(lambda rng: with_raw("csr", rng, slice(0)))


# uns.

SCALARS = {
    "int": 42, "negative": -(2**40), "zero": 0, "int-max": 2**63 - 1, "int-min": -(2**63), "float": 2.5, "whole": 3.0, "tiny": 5e-324, "nan": float("nan"),
    "inf": float("inf"), "minus-inf": float("-inf"), "true": True, "false": False, "none": None, "complex": np.complex128(1 + 2j),
}
for name, value in SCALARS.items():
    case(f"uns/scalar-{name}")(lambda rng, value=value: base(n=2, m=2, uns={"value": value}))
for dtype in [*DENSE, "complex64", "complex128"]:
    case(f"uns/numpy-{dtype}")(
        lambda rng, dtype=dtype: base(n=2, m=2, uns={"scalar": np.dtype(dtype).type(1), "array": np.arange(12).astype(dtype).reshape(3, 4), "one": np.ones(1, dtype)})
    )
TEXT_VALUES = {"plain": "text", "empty": "", "unicode": "ünï 日本 🧬", "long": "x" * 5000, "lines": "a\nb\tc", "json": '{"a": [1, 2]}', "numeric": "42"}
case("uns/texts")(lambda rng: base(n=2, m=2, uns=dict(TEXT_VALUES)))
for shape in [(0,), (3,), (2, 3), (0, 3), (3, 0), (2, 2, 2), (1, 1, 1, 1)]:
    size = "x".join(map(str, shape))
    case(f"uns/array-{size}")(lambda rng, shape=shape: base(n=2, m=2, uns={"floats": values(shape, "float64", rng), "flags": values(shape, "bool", rng)}))
    case(f"uns/text-array-{size}")(lambda rng, shape=shape: base(n=2, m=2, uns={"texts": text_array(shape)}))
RECORDS = {
    "numbers": [("a", "i4"), ("b", "f8"), ("c", "?")], "texts": [("name", "U6"), ("score", "f4")], "objects": [("name", "O"), ("n", "i8")],
    "one": [("x", "u1")], "wide": [(f"f{i}", "f4") for i in range(30)],
}
for name, fields in RECORDS.items():
    for count in [0, 1, 6] if name != "objects" else [1, 6]:
        case(f"uns/records-{name}-{count}")(lambda rng, fields=fields, count=count: base(n=2, m=2, uns={"records": records(count, fields)}))
case("uns/empty")(lambda rng: base(n=2, m=2, uns={}))
case("uns/empty-dicts")(lambda rng: base(n=2, m=2, uns={"a": {}, "b": {"c": {}, "d": {"e": {}}}}))
case("uns/deep")(lambda rng: base(n=2, m=2, uns={"1": {"2": {"3": {"4": {"5": {"6": {"7": {"8": {"value": 1, "none": None}}}}}}}}}))
case("uns/keys")(
    lambda rng: base(n=2, m=2, uns={key: i for i, key in enumerate(["ünï 日本", "a.b", "Case", "case", "0", "10", "9", " ", "🧬", "c", "0.0", "%2F", "..a", "-", "__x", "__lock"])})
)
case("uns/frames")(lambda rng: base(n=2, m=2, uns={"frame": frame(list(COLUMNS), 9, rng), "empty": pd.DataFrame(index=pd.Index([], dtype=object)), "rows": frame(["int8"], 0, rng)}))
case("uns/frame-index-int")(lambda rng: base(n=2, m=2, uns={"frame": pd.DataFrame({"a": [1.5, 2.5]}, index=[10, 20])}))
case("uns/columns")(
    lambda rng: base(n=2, m=2, uns={kind: COLUMNS[kind](9, rng) for kind in COLUMNS if kind[0].isupper() or kind.startswith(("category", "boolean"))})
)
for kind in ["csr", "csc", "csr_array", "csc_array"]:
    case(f"uns/{kind}")(lambda rng, kind=kind: base(n=2, m=2, uns={"a": sparse(kind, (3, 8), "float64", rng), "none": sparse(kind, (0, 4), "int32", rng)}))
case("uns/scanpy")(
    lambda rng: base(
        n=N, m=2, obsp={"connectivities": sparse("csr", (N, N), "float32", rng), "distances": sparse("csr", (N, N), "float64", rng)},
        uns={
            "neighbors": {"connectivities_key": "connectivities", "distances_key": "distances", "params": {"n_neighbors": 15, "method": "umap"}},
            "pca": {"params": {"zero_center": True, "use_highly_variable": False}, "variance": np.arange(3.0), "variance_ratio": np.arange(3) / 9},
            "leiden_colors": np.array(["#1f77b4", "#ff7f0e"], dtype=object), "log1p": {"base": None},
            "rank_genes_groups": {"names": records(4, [("0", "O"), ("1", "O")]), "scores": records(4, [("0", "f4"), ("1", "f4")])},
        },
    )
)


# Everything at once.


def everything(kind, n, m):
    def make(rng):
        result = base(
            matrix(kind, (n, m), "float32", rng), obs=frame(COMMON, n, rng, names(n)), var=frame(["text", "string", "Int16", "category-bool"], m, rng, names(m, "g")),
            layers={"counts": matrix("csr", (n, m), "int32", rng), "dense": dense((n, m), "float64", rng)},
            obsm={"X_pca": values((n, 4), "float32", rng), "frame": frame(["boolean", "category-many"], n, rng), "lists": awkward("lists", n)},
            varm={"PCs": values((m, 4), "float64", rng)}, obsp={"graph": sparse("csr", (n, n), "float32", rng)}, varp={"graph": sparse("csc", (m, m), "float32", rng)},
            uns={"nested": {"text": "a", "array": np.arange(3), "frame": frame(["float32"], 3, rng)}, "none": None},
        )
        if n > 0:  # anndata itself reads no raw from a Zarr store without rows
            result.raw = result.copy()
        return result

    return make


for kind in KINDS:
    case(f"everything/{kind}")(everything(kind, 11, 6))
    case(f"everything/{kind}-one-row")(everything(kind, 1, 3))
    case(f"everything/{kind}-no-rows")(everything(kind, 0, 3))
