"""Writes an HDF5 file of more than 4 GiB, nearly all of it a hole, to the path named on the command line."""

import sys

import h5py
import numpy as np

with h5py.File(sys.argv[1], "w") as file:
    plan = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    plan.set_alloc_time(h5py.h5d.ALLOC_TIME_EARLY)
    plan.set_fill_time(h5py.h5d.FILL_TIME_NEVER)
    h5py.h5d.create(file.id, b"x", h5py.h5t.NATIVE_FLOAT, h5py.h5s.create_simple((700_000, 2000)), plan)
    file["x"][699_998:] = np.arange(4000).reshape(2, 2000)
    file["x"][0] = 7
    file["behind"] = np.array(["far", "out"], dtype=object)
