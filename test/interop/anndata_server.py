"""The oracle of anndata.ts: makes the objects of objects/cases.py, stores them as anndata does, and compares what others wrote with them.

Answers one JSON line per request:
  {"names": true}                    the names of the objects
  {"make": name, "folder": folder}   stores the object; by the form's name, the path of each
  {"describe": name}                 the object as h5ad_describe.py describes it
  {"compare": name, "path": path}    null where anndata reads at `path` what the object is, else what differs
  {"description": path}              what anndata reads at `path`, described
"""

import json
import sys
import warnings
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent / "objects")]

import anndata as ad  # noqa: E402
import cases  # noqa: E402
import stores  # noqa: E402
from anndata.tests.helpers import assert_equal  # noqa: E402
from h5ad_describe import anndata as described  # noqa: E402

warnings.simplefilter("ignore")

HDF5 = [form for form in stores.FORMS if form.startswith("h5ad")]
ZARR = [form for form in stores.FORMS if not form.startswith("h5ad")]
# Each object is stored in one form of HDF5 and one of Zarr; the versions of anndata take different ones for the same object.
SHIFT = 3 if ad.__version__.startswith("0.13") else 0


def equal(a, b):
    """Whether `assert_equal` takes `b` for exactly `a`; what it says where it does not."""
    try:
        assert_equal(a, b, exact=True)
    except AssertionError as error:
        return str(error) or "not equal"


class Objects:
    def __init__(self):
        self.values = {}

    def make(self, name, folder):
        value, i = cases.make(name), list(cases.CASES).index(name)
        paths = {}
        for form in [HDF5[i % len(HDF5)], ZARR[(i + SHIFT) % len(ZARR)]]:
            path = Path(folder) / f"{i}-{form}{stores.FORMS[form][0]}"
            stores.write(value, form, path)
            paths[form] = str(path)
        # Where anndata's own file does not give the object back, what it gives is the value that its files can hold.
        kept = stores.read(next(iter(paths.values())))
        self.values[name] = value if equal(value, kept) is None else kept
        return paths

    def compare(self, name, path):
        value, found = self.values[name], stores.read(path)
        # In numpy NaN is not equal to itself, so that an array with one is not even equal to itself under `exact`.
        if equal(value, value.copy()) is None:
            return equal(value, found)
        try:
            assert_equal(value, found, exact=False)
        except AssertionError as error:
            return str(error) or "not equal"
        return None if described(value) == described(found) else "the descriptions differ"


def answer(objects, request):
    if "names" in request:
        return list(cases.CASES)
    if "make" in request:
        return objects.make(request["make"], request["folder"])
    if "describe" in request:
        return described(objects.values[request["describe"]])
    if "description" in request:
        return described(stores.read(request["description"]))
    try:
        return objects.compare(request["compare"], request["path"])
    except Exception as error:  # noqa: BLE001 what anndata cannot read is a difference, too
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    objects = Objects()
    for line in sys.stdin:
        print(json.dumps(answer(objects, json.loads(line))), flush=True)
