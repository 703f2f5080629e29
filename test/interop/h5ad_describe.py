"""Describes the AnnData files named on the command line as JSON, one document per line, as `describe.ts` describes ours."""

import hashlib
import json
import math
import sys
import warnings

import anndata as ad
import numpy as np
import pandas as pd
import scipy.sparse as sp

warnings.simplefilter("ignore")


def digest(array):
    little = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<")))
    return hashlib.sha256(little.tobytes()).hexdigest()


def number(value):
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, complex):
        return [number(value.real), number(value.imag)]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, bool) or not isinstance(value, int) or abs(value) < 2**53 else str(value)


def array(value):
    if value.dtype.names is not None:
        return {"kind": "records", "fields": [[name, array(value[name])] for name in value.dtype.names]}
    if value.dtype.kind in "OUST":
        texts = [None if text is pd.NA or text is None or text != text else str(text) for text in value.ravel().tolist()]
        return {"kind": "strings", "shape": list(value.shape), "values": texts}
    return {"kind": "dense", "dtype": value.dtype.name, "shape": list(value.shape), "sha": digest(value)}


def sparse(value):
    value = value.copy()
    value.sort_indices()
    return {
        "kind": value.format,
        "dtype": value.dtype.name,
        "shape": list(value.shape),
        "data": digest(value.data),
        "indices": digest(value.indices.astype("int64")),
        "indptr": digest(value.indptr.astype("int64")),
    }


def column(value):
    if isinstance(value, pd.Categorical):
        categories = column(value.categories._values)
        codes = value.codes.tolist()
        return {"kind": "categorical", "codes": codes, "categories": categories, "ordered": bool(value.ordered)}
    if isinstance(value, pd.arrays.IntegerArray | pd.arrays.BooleanArray):
        cells = [None if cell is pd.NA else number(cell) for cell in value.tolist()]
        return {"kind": "nullable", "dtype": value.dtype.numpy_dtype.name, "values": cells}
    return array(np.asarray(value, dtype=object) if isinstance(value, pd.api.extensions.ExtensionArray) else value)


def frame(value):
    columns = [[name, column(value[name].array if hasattr(value[name].dtype, "na_value") else value[name].values)]
               for name in value.columns]
    name = value.index.name
    return {"kind": "frame", "indexName": name, "index": column(value.index.values), "columns": columns}


def describe(value):
    if type(value).__module__.startswith("awkward."):
        return {"kind": "awkward", "values": value.to_list()}
    if isinstance(value, pd.DataFrame):
        return frame(value)
    if sp.issparse(value):
        return sparse(value)
    if isinstance(value, dict) or hasattr(value, "keys"):
        return {"kind": "dict", "entries": sorted([key, describe(value[key])] for key in value.keys() if key is not None)}
    if isinstance(value, np.ndarray) and value.shape != ():
        return array(value)
    if isinstance(value, pd.Categorical) or isinstance(value, pd.api.extensions.ExtensionArray):
        return column(value)
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return {"bytes": value.hex()}
    return {"number": number(value)}


def anndata(adata):
    parts = ["X", "obs", "var", "layers", "obsm", "varm", "obsp", "varp", "uns"]
    result = {part: describe(getattr(adata, part)) for part in parts}
    raw = adata.raw
    result["raw"] = None
    if raw is not None:
        result["raw"] = {part: describe(getattr(raw, part)) for part in ["X", "var", "varm"]}
    return result


if __name__ == "__main__":
    for path in sys.argv[1:]:
        print(json.dumps(anndata(ad.read_h5ad(path))))
