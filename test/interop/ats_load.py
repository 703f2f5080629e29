"""Loads `.ats` stores with the Python package, as its users see them; only its keys of pickles lose their suffix."""

import os
import sys
import warnings

warnings.simplefilter("ignore")


def plain_lists(value):
    """Lists as dicts by position, as JavaScript's entries of an array are."""
    if isinstance(value, list | tuple):
        return {str(i): plain_lists(item) for i, item in enumerate(value)}
    if isinstance(value, dict):
        return {key: plain_lists(item) for key, item in value.items()}
    return value


def load(path):
    from anndata_tensorstore import load_anndata_from_tensorstore

    adata = load_anndata_from_tensorstore(path)
    adata.uns = {key.removesuffix(".pickle"): value for key, value in adata.uns.items()}
    return adata


def describe(path):
    arguments, sys.argv = sys.argv, sys.argv[:1]
    import h5ad_describe

    sys.argv = arguments
    adata = load(path)
    adata.uns = plain_lists(dict(adata.uns))
    return h5ad_describe.anndata(adata)


if __name__ == "__main__":
    import json

    for path in sys.argv[1:]:
        print(json.dumps(describe(path)))
    # TensorStore's threads sometimes abort the interpreter while it ends.
    sys.stdout.flush()
    os._exit(0)
