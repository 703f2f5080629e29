"""10x Genomics' forms: makes files of both HDF5 layouts and a directory of text, and says what scanpy's readers make of them."""

import gzip
import json
import sys
from pathlib import Path

import h5py
import numpy as np
from scipy import sparse
from scipy.io import mmwrite


def matrix(barcodes: int, features: int) -> sparse.csr_matrix:
    made = sparse.random(barcodes, features, density=0.2, format="csr", random_state=7)
    made.data = np.arange(1, made.nnz + 1).astype(np.int32)
    return made.astype(np.int32)


def write_h5(path: Path, counts: sparse.csr_matrix, version: int) -> None:
    barcodes = np.array([f"CELL{i}-1" for i in range(counts.shape[0])], dtype="S")
    ids = np.array([f"ENSG{i}" for i in range(counts.shape[1])], dtype="S")
    names = np.array([f"gene{i % 40}" for i in range(counts.shape[1])], dtype="S")
    with h5py.File(path, "w") as file:
        group = file.create_group("matrix" if version == 3 else "GRCh38")
        group["barcodes"] = barcodes
        for part in ("data", "indices", "indptr"):
            group.create_dataset(part, data=getattr(counts, part), compression="gzip")
        group["shape"] = np.array(counts.shape[::-1], dtype=np.int32)
        if version == 3:
            features = group.create_group("features")
            features["id"], features["name"] = ids, names
            features["feature_type"] = np.array(["Gene Expression"] * len(ids), dtype="S")
            features["genome"] = np.array(["GRCh38"] * len(ids), dtype="S")
            features["_all_tag_keys"] = np.array(["genome"], dtype="S")
        else:
            group["genes"], group["gene_names"] = ids, names


def write_mtx(folder: Path, counts: sparse.csr_matrix, packed: bool) -> None:
    folder.mkdir()
    mmwrite(folder / "matrix.mtx", sparse.coo_matrix(counts.T), field="integer")
    barcodes = "".join(f"CELL{i}-1\n" for i in range(counts.shape[0]))
    kind = "\tGene Expression" if packed else ""
    genes = "".join(f"ENSG{i}\tgene{i % 40}{kind}\n" for i in range(counts.shape[1]))
    texts = {"barcodes.tsv": barcodes, ("features" if packed else "genes") + ".tsv": genes}
    for name, text in texts.items():
        (folder / name).write_text(text)
    if packed:
        for name in [*texts, "matrix.mtx"]:
            (folder / f"{name}.gz").write_bytes(gzip.compress((folder / name).read_bytes()))
            (folder / name).unlink()


folder = Path(sys.argv[1])
counts = matrix(30, 50)
write_h5(folder / "v3.h5", counts, 3)
write_h5(folder / "v2.h5", counts, 2)
write_mtx(folder / "packed", counts, True)
write_mtx(folder / "plain", counts, False)

import scanpy  # noqa: E402  (slow: only once the files are there)

readers = {
    "v3.h5": scanpy.read_10x_h5,
    "v2.h5": scanpy.read_10x_h5,
    "packed": scanpy.read_10x_mtx,
    "plain": scanpy.read_10x_mtx,
}
said = {}
for name, read in readers.items():
    options = {"make_unique": False} if name in ("packed", "plain") else {}
    adata = read(folder / name, **options)
    said[name] = {
        "obs": adata.obs_names.tolist(),
        "var": adata.var_names.tolist(),
        "columns": {column: adata.var[column].astype(str).tolist() for column in adata.var},
        "X": np.asarray(adata.X.todense()).ravel().tolist(),
    }
print(json.dumps(said))
