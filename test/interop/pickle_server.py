"""The oracle of pickle.test.ts: the real pickle module, numpy, pandas and scipy.

Answers one JSON line per request: `{"load": BASE64}` loads a pickle with every warning an error and describes what it held;
`{"random": SEED}` makes a random nested value and answers with its description and its pickles by protocols 0 to 5.
"""

import base64
import collections
import json
import pickle
import random
import string
import sys
import warnings

sys.dont_write_bytecode = True

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
from scipy import sparse  # noqa: E402

from pickle_describe import describe  # noqa: E402

DTYPES = ["?", "i1", "u1", "<i2", ">u2", "<i4", ">i4", "<u4", "<i8", ">i8", "<u8", "<f2", "<f4", ">f4", "<f8", ">f8", "<c8", ">c16"]


class Maker:
    """Random values of every kind that the reader claims to read."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.numpy = np.random.default_rng(seed)

    def text(self):
        alphabet = string.ascii_letters + "\u00e9\u4f60\U0001f600\ud800\n\\'\""
        return "".join(self.random.choices(alphabet, k=self.random.choice([0, 1, 5, 20, 300])))

    def plain_text(self):
        return "".join(self.random.choices(string.ascii_letters, k=self.random.randrange(1, 8)))

    def constant(self):
        r = self.random
        return r.choice(
            [
                lambda: None,
                lambda: r.random() < 0.5,
                lambda: r.randrange(-300, 70000),
                lambda: r.randrange(-(2 ** r.randrange(1, 300)), 2 ** r.randrange(1, 300)),
                lambda: r.choice([0.5, 2.0, -0.0, 1e300, float("inf"), float("nan"), r.random()]),
                lambda: complex(r.random(), r.randrange(5)),
                self.text,
                lambda: r.randbytes(r.choice([0, 3, 300])),
                lambda: bytearray(r.randbytes(3)),
                lambda: self.array(())[()],
            ]
        )()

    def array(self, shape=None):
        r = self.random
        if shape is None:
            shape = tuple(r.randrange(0, 4) for _ in range(r.randrange(0, 4)))
        dtype = np.dtype(r.choice(DTYPES))
        values = self.numpy.integers(0, 2 if dtype.kind == "b" else 100, shape)
        array = np.asarray(values).astype(dtype)
        return np.asfortranarray(array) if r.random() < 0.3 else array

    def strings(self):
        r = self.random
        texts = [self.plain_text() for _ in range(r.randrange(0, 5))]
        form = r.choice(["U", "S", "O"])
        if form == "O":
            return np.array([r.choice([t, None]) for t in texts], dtype=object)
        return np.array(texts, dtype=form) if texts else np.zeros(0, "U1")

    def records(self):
        n = self.random.randrange(0, 4)
        fields = [("a", "<i4"), ("b", ">f8"), ("t", "U4")]
        if self.random.random() < 0.5:
            fields.append(("o", "O"))
        rows = [tuple([i, i / 3, self.plain_text()[:4], self.plain_text()][: len(fields)]) for i in range(n)]
        return np.array(rows, dtype=fields)

    def matrix(self):
        density = self.random.random()
        made = sparse.random(self.random.randrange(1, 5), self.random.randrange(1, 5), density, random_state=self.random.randrange(99))
        kind = self.random.choice(["csr", "csc", "coo"])
        return getattr(sparse, f"{kind}_{self.random.choice(['matrix', 'array'])}")(made)

    def column(self, n):
        r = self.random
        return r.choice(
            [
                lambda: self.array((n,)).real.astype(r.choice(["i1", "i8", "f4", "f8", "?"])),
                lambda: np.array([r.choice(["x", "y", None]) for _ in range(n)], dtype=object),
                lambda: pd.Categorical([r.choice(["u", "v", None]) for _ in range(n)], categories=["u", "v", "w"]),
                lambda: pd.array([r.choice([1, 2, None]) for _ in range(n)], dtype=r.choice(["Int8", "UInt32", "Int64"])),
                lambda: pd.array([r.choice([True, None]) for _ in range(n)], dtype="boolean"),
                lambda: pd.array([r.choice([1.5, None]) for _ in range(n)], dtype="Float64"),
                lambda: pd.array([r.choice(["s", None]) for _ in range(n)], dtype=r.choice(["string[python]", "string[pyarrow]"])),
            ]
        )()

    def frame(self):
        n = self.random.randrange(0, 5)
        columns = {self.plain_text(): self.column(n) for _ in range(self.random.randrange(0, 5))}
        index = self.random.choice([pd.RangeIndex(n), pd.Index([f"r{i}" for i in range(n)], dtype=object, name="id")])
        frame = pd.DataFrame(columns, index=index)
        return frame[frame.columns[0]] if len(frame.columns) and self.random.random() < 0.2 else frame

    def container(self, depth):
        r = self.random
        items = [self.value(depth - 1) for _ in range(r.randrange(0, 5))]
        keys = [self.text() for _ in items]
        return r.choice(
            [
                lambda: items,
                lambda: tuple(items),
                lambda: dict(zip(keys, items)),
                lambda: collections.OrderedDict(zip(keys, items)),
                lambda: collections.defaultdict(list, zip(keys, items)),
                lambda: {i + 2: item for i, item in enumerate(items)} | {(1, "t"): items},
                lambda: set(keys) | {2, 3},
                lambda: frozenset(keys),
                lambda: [items, items, {"again": items}],
            ]
        )()

    def value(self, depth):
        if depth > 0 and self.random.random() < 0.6:
            return self.container(depth)
        makers = [self.constant, self.constant, self.array, self.strings, self.records, self.matrix, self.frame]
        return self.random.choice(makers)()


def answer(request):
    if "load" in request:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return describe(pickle.loads(base64.b64decode(request["load"])))
    value = Maker(request["random"]).value(4)
    pickles = [base64.b64encode(pickle.dumps(value, protocol)).decode() for protocol in range(6)]
    return {"description": describe(value), "pickles": pickles}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))), flush=True)
