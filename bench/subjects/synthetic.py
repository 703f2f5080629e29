"""The cells that the inputs are made of: counts with their tables, always the same for a size. Needs no more than numpy, pandas and scipy."""

import numpy as np
import pandas as pd
import scipy.sparse as sp

#: Cells and genes.
SIZES = {"s": (20_000, 2_000), "l": (100_000, 20_000)}
DENSITY = 0.069
BLOCK = 1000


def count_blocks(rows, columns):
    """Counts-like float32 in blocks of 1,000 rows, as CSR with 32-bit indices, so that no size needs much memory.

    About 6.9 % are non-zero, some genes far more often than others, mostly small numbers.
    """
    rng = np.random.default_rng(20)
    weight = rng.gamma(0.6, 1.0, columns)
    depth = rng.lognormal(0.0, 0.4, rows)
    low, high = 1e-4, 10.0
    for _ in range(40):
        scale = (low * high) ** 0.5
        density = 1 - np.exp(-scale * depth[:200, None] * weight[None, :]).mean()
        low, high = (scale, high) if density < DENSITY else (low, scale)
    for start in range(0, rows, BLOCK):
        block = sp.csr_matrix(rng.poisson(scale * depth[start : start + BLOCK, None] * weight[None, :]).astype(np.float32))
        block.indices, block.indptr = block.indices.astype(np.int32), block.indptr.astype(np.int32)
        yield block


def observations(x):
    """obs: an index of barcodes and twelve columns."""
    rng = np.random.default_rng(21)
    n = x.shape[0]
    kinds = np.array(["B cell", "CD4 T", "CD8 T", "NK", "Monocyte", "Dendritic", "Megakaryocyte"])
    letters = rng.choice(list("ACGT"), (n, 12))
    columns = {
        "cell_type": pd.Categorical(kinds[rng.integers(0, len(kinds), n)]),
        "sample": pd.Categorical([f"donor_{i:02d}" for i in rng.integers(0, 24, n)]),
        "batch": [f"batch-{i}" for i in rng.integers(0, 5, n)],
        "n_genes": np.diff(x.indptr).astype(np.int32),
        "n_counts": np.asarray(x.sum(axis=1)).ravel().astype(np.float32),
        "percent_mito": rng.random(n),
        "is_doublet": rng.random(n) < 0.05,
        "age": rng.integers(20, 90, n),
    } | {f"score_{i}": rng.normal(size=n).astype(np.float32) for i in range(4)}
    names = [f"{''.join(word)}{i:05d}-1" for i, word in enumerate(letters)]
    return pd.DataFrame(columns, index=pd.Index(names, name="barcode"))


def variables(x):
    """var: gene names, and two columns."""
    n = x.shape[1]
    names = pd.Index([f"GENE{i:05d}" for i in range(n)], name="gene")
    return pd.DataFrame({"n_cells": x.getnnz(axis=0), "symbol": [f"S{i}" for i in range(n)]}, index=names)


def picks(rows, columns):
    """What the subset cases ask for: 1,000 rows in random order, the names of 20 genes."""
    rng = np.random.default_rng(22)
    genes = np.sort(rng.choice(columns, 20, replace=False))
    return {"rows": rng.choice(rows, 1000, replace=False).tolist(), "genes": [f"GENE{i:05d}" for i in genes]}
