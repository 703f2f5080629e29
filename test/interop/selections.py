"""The oracle of selections.test.ts: numpy's and pandas' answer to composed selections on a store on disk.

`selections.py make DIR` writes a store in the layout of the Python package, in small uneven chunks.
`selections.py serve DIR` answers one JSON line per request: the shape and SHA-256 of the selected X, and the chunk files that hold any of it.
"""

import hashlib
import json
import os
import sys

import numpy as np
import pandas as pd
import tensorstore as ts

ROWS, COLUMNS = 613, 307
CHUNK = (37, 41)


def make(folder):
    rng = np.random.default_rng(7)
    x = rng.random((ROWS, COLUMNS), dtype=np.float32)
    x[rng.random(x.shape) < 0.6] = 0
    spec = {
        "driver": "zarr",
        "kvstore": {"driver": "file", "path": os.path.join(folder, "X") + "/"},
        "metadata": {
            "shape": [ROWS, COLUMNS],
            "chunks": list(CHUNK),
            "dtype": "<f4",
            "compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": -1},
        },
    }
    ts.open(spec, create=True).result().write(x).result()
    os.makedirs(os.path.join(folder, "uns"), exist_ok=True)
    kinds = np.array(["B cell", "T cell", "NK", "it's \"odd\"", None], dtype=object)
    obs = pd.DataFrame(
        {
            "cell_type": pd.Categorical(kinds[rng.integers(0, 5, ROWS)]),
            "n_genes": rng.integers(0, 400, ROWS),
            "score": np.where(rng.random(ROWS) < 0.1, np.nan, rng.normal(size=ROWS)),
            "doublet": rng.random(ROWS) < 0.2,
        },
        index=[f"cell-{i}" for i in range(ROWS)],
    )
    var = pd.DataFrame(
        {"mean": x.mean(axis=0), "chromosome": pd.Categorical(rng.choice(["1", "2", "X"], COLUMNS))},
        index=[f"gene-{i}" for i in range(COLUMNS)],
    )
    obs.to_parquet(os.path.join(folder, "obs.parquet"))
    var.to_parquet(os.path.join(folder, "var.parquet"))


def pick(table, selector):
    """Positions within `table` that one selector asks for."""
    n = len(table)
    if selector is None:
        return np.arange(n)
    kind, value = selector["kind"], selector["value"]
    if kind == "slice":
        return np.arange(n)[slice(*value)]
    if kind == "mask":
        return np.flatnonzero(np.array(value, dtype=bool))
    if kind == "positions":
        return np.arange(n)[np.array(value, dtype=np.int64)]
    if kind == "names":
        return np.array([table.index.get_loc(name) for name in value], dtype=np.int64)
    if kind == "query":
        return np.flatnonzero(table.index.isin(table.query(value).index))
    raise ValueError(kind)


def serve(folder):
    spec = {"driver": "zarr", "kvstore": {"driver": "file", "path": os.path.join(folder, "X") + "/"}}
    x = ts.open(spec).result().read().result()
    tables = [pd.read_parquet(os.path.join(folder, f"{axis}.parquet")) for axis in ("obs", "var")]
    for line in sys.stdin:
        chosen = [np.arange(len(table)) for table in tables]
        for step in json.loads(line)["steps"]:
            chosen = [c[pick(t.iloc[c], s)] for c, t, s in zip(chosen, tables, step)]
        result = np.ascontiguousarray(x[np.ix_(*chosen)])
        grid = [np.unique(c // size) for c, size in zip(chosen, CHUNK)]
        files = [f"{i}.{j}" for i in grid[0] for j in grid[1]]
        sizes = [os.path.getsize(os.path.join(folder, "X", name)) for name in files]
        answer = {
            "shape": list(result.shape),
            "sha256": hashlib.sha256(result.tobytes()).hexdigest(),
            "chunks": len(files),
            "bytes": sum(sizes),
        }
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    {"make": make, "serve": serve}[sys.argv[1]](sys.argv[2])
