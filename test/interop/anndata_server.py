"""The oracle of anndata.ts: makes the objects of objects/cases.py, stores them as anndata does, and compares what others wrote with them.

Answers one JSON line per request:
  {"names": true}                    the names of the objects
  {"make": name, "folder": folder}   stores the object, in one form after the other, or in that of `form`
  {"open": path}                     reads a store, which is then the object of that name
  {"describe": name}                 the object as h5ad_describe.py describes it
  {"compare": name, "path": path}    null where anndata reads at `path` what the object is, else what differs
  {"description": path}              what anndata reads at `path`, described
  {"encoding": path, "node": node}   the encoding type and version of a node of the store
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

NEWEST = ad.__version__.startswith("0.13")
FORMS = list(stores.FORMS)
# What anndata 0.13 stores as 0.12 does is made by one of the two; what has strings or columns, by both.
BOTH = ("obs/", "var/", "raw/", "uns/text", "uns/frames", "uns/columns", "uns/scanpy", "everything/")
NAMES = [name for i, name in enumerate(cases.CASES) if name.startswith(BOTH) or i % 2 == NEWEST]


def equal(a, b):
    """Whether `assert_equal` takes `b` for exactly `a`; what it says where it does not."""
    try:
        assert_equal(a, b, exact=True)
    except AssertionError as error:
        return str(error) or "not equal"


class Objects:
    def __init__(self):
        self.values = {}

    def make(self, name, folder, form=None):
        value, i = cases.make(name), list(cases.CASES).index(name)
        form = form or FORMS[NAMES.index(name) % len(FORMS)]
        path = Path(folder) / f"{i}-{form}{stores.FORMS[form][0]}"
        stores.write(value, form, path)
        # Where anndata's own file does not give the object back, what it gives is the value that its files can hold.
        kept = stores.read(str(path))
        self.values[name] = value if equal(value, kept) is None else kept
        return {"form": form, "path": str(path)}

    def compare(self, name, path):
        value, found = self.values[name], stores.read(path)
        # NaN is not equal to itself: what has one outside of data frames is compared by its description, bit for bit.
        if equal(value, value.copy()) is None:
            return equal(value, found)
        return None if described(value) == described(found) else "the descriptions differ"


def answer(objects, request):
    if "names" in request:
        return NAMES
    if "make" in request:
        return objects.make(request["make"], request["folder"], request.get("form"))
    if "open" in request:
        objects.values[request["open"]] = stores.read(request["open"])
        return None
    if "describe" in request:
        return described(objects.values[request["describe"]])
    if "description" in request:
        return described(stores.read(request["description"]))
    if "encoding" in request:
        return stores.encoding(request["encoding"], request["node"])
    try:
        return objects.compare(request["compare"], request["path"])
    except Exception as error:  # noqa: BLE001 what anndata cannot read is a difference, too
        return f"{type(error).__name__}: {error}"


if __name__ == "__main__":
    objects = Objects()
    for line in sys.stdin:
        print(json.dumps(answer(objects, json.loads(line))), flush=True)
