/** The allow-list: every class and function that a pickle may name, with all the places where the versions of its package kept it. */

const NUMPY_CORE = ["numpy.core", "numpy._core"];
const PANDAS_STRING = "pandas.core.arrays.string_";
const BUILTINS = ["builtins", "__builtin__"];

/** `name` under each of `modules`. */
function under(modules: readonly string[], name: string): string[] {
  return modules.map((module) => `${module}.${name}`);
}

/** A class of scipy.sparse: `_csr` and `_arrays` since 1.8, `csr` before. */
function scipy(format: "csr" | "csc" | "coo", name: string): string[] {
  return under([`scipy.sparse._${format}`, `scipy.sparse.${format}`, "scipy.sparse._arrays", "scipy.sparse"], name);
}

const SPELLINGS = {
  "builtins.bytearray": under(BUILTINS, "bytearray"),
  "builtins.bytes": under(BUILTINS, "bytes"),
  "builtins.complex": under(BUILTINS, "complex"),
  "builtins.dict": under(BUILTINS, "dict"),
  "builtins.float": under(BUILTINS, "float"),
  "builtins.frozenset": under(BUILTINS, "frozenset"),
  "builtins.int": under(BUILTINS, "int"),
  "builtins.list": under(BUILTINS, "list"),
  "builtins.object": under(BUILTINS, "object"),
  "builtins.range": [...under(BUILTINS, "range"), "__builtin__.xrange"],
  "builtins.set": under(BUILTINS, "set"),
  "builtins.slice": under(BUILTINS, "slice"),
  "builtins.str": [...under(BUILTINS, "str"), "__builtin__.unicode"],
  "codecs.encode": ["_codecs.encode"],
  "collections.Counter": ["collections.Counter"],
  "collections.OrderedDict": ["collections.OrderedDict"],
  "collections.defaultdict": ["collections.defaultdict"],
  "copyreg.newobj": ["copyreg.__newobj__", "copy_reg.__newobj__"],
  "copyreg.reconstructor": ["copyreg._reconstructor", "copy_reg._reconstructor"],
  "numpy.dtype": ["numpy.dtype", ...under(NUMPY_CORE, "multiarray.dtype")],
  "numpy.frombuffer": under(NUMPY_CORE, "numeric._frombuffer"),
  "numpy.matrix": ["numpy.matrix", "numpy.matrixlib.defmatrix.matrix"],
  "numpy.ndarray": ["numpy.ndarray", ...under(NUMPY_CORE, "multiarray.ndarray")],
  "numpy.recarray": ["numpy.recarray", "numpy.rec.recarray", ...under(NUMPY_CORE, "records.recarray")],
  "numpy.reconstruct": under(NUMPY_CORE, "multiarray._reconstruct"),
  "numpy.record": ["numpy.record", "numpy.rec.record", ...under(NUMPY_CORE, "records.record")],
  "numpy.scalar": under(NUMPY_CORE, "multiarray.scalar"),
  "numpy.stringdtype": ["numpy._core._internal._convert_to_stringdtype_kwargs"],
  "numpy.bool": ["numpy.bool_", "numpy.bool"],
  "numpy.int8": ["numpy.int8"],
  "numpy.int16": ["numpy.int16"],
  "numpy.int32": ["numpy.int32"],
  "numpy.int64": ["numpy.int64"],
  "numpy.uint8": ["numpy.uint8"],
  "numpy.uint16": ["numpy.uint16"],
  "numpy.uint32": ["numpy.uint32"],
  "numpy.uint64": ["numpy.uint64"],
  "numpy.float16": ["numpy.float16"],
  "numpy.float32": ["numpy.float32"],
  "numpy.float64": ["numpy.float64"],
  "numpy.complex64": ["numpy.complex64"],
  "numpy.complex128": ["numpy.complex128"],
  "scipy.csr": [...scipy("csr", "csr_matrix"), ...scipy("csr", "csr_array")],
  "scipy.csc": [...scipy("csc", "csc_matrix"), ...scipy("csc", "csc_array")],
  "scipy.coo": [...scipy("coo", "coo_matrix"), ...scipy("coo", "coo_array")],
  "pandas.BlockManager": ["pandas.core.internals.managers.BlockManager"],
  "pandas.Categorical": ["pandas.core.arrays.categorical.Categorical", "pandas.Categorical"],
  "pandas.Categorical.from_codes": ["pandas.Categorical.from_codes"],
  "pandas.CategoricalDtype": ["pandas.core.dtypes.dtypes.CategoricalDtype", "pandas.CategoricalDtype"],
  "pandas.DataFrame": ["pandas.core.frame.DataFrame", "pandas.DataFrame"],
  "pandas.Index": [
    "pandas.core.indexes.base.Index",
    "pandas.core.indexes.category.CategoricalIndex",
    "pandas.core.indexes.numeric.Float64Index",
    "pandas.core.indexes.numeric.Int64Index",
    "pandas.core.indexes.numeric.UInt64Index",
    "pandas.CategoricalIndex",
    "pandas.Index",
  ],
  "pandas.MaskedArray": [
    "pandas.core.arrays.boolean.BooleanArray",
    "pandas.core.arrays.floating.FloatingArray",
    "pandas.core.arrays.integer.IntegerArray",
    "pandas.arrays.BooleanArray",
    "pandas.arrays.FloatingArray",
    "pandas.arrays.IntegerArray",
  ],
  "pandas.MaskedDtype": [
    ...["boolean.Boolean", "floating.Float32", "floating.Float64"].map((name) => `pandas.core.arrays.${name}Dtype`),
    ...["Boolean", "Float32", "Float64"].map((name) => `pandas.${name}Dtype`),
    ...[8, 16, 32, 64].flatMap((bits) => [
      `pandas.core.arrays.integer.Int${bits}Dtype`,
      `pandas.core.arrays.integer.UInt${bits}Dtype`,
      `pandas.Int${bits}Dtype`,
      `pandas.UInt${bits}Dtype`,
    ]),
  ],
  "pandas.NA": ["pandas._libs.missing.NA", "pandas.NA"],
  "pandas.RangeIndex": ["pandas.core.indexes.range.RangeIndex", "pandas.RangeIndex"],
  "pandas.Series": ["pandas.core.series.Series", "pandas.Series"],
  "pandas.SingleBlockManager": ["pandas.core.internals.managers.SingleBlockManager"],
  "pandas.StringArray": [
    `${PANDAS_STRING}.StringArray`,
    `${PANDAS_STRING}.StringArrayNumpySemantics`,
    "pandas.arrays.StringArray",
  ],
  "pandas.ArrowStringArray": [
    "pandas.core.arrays.string_arrow.ArrowStringArray",
    "pandas.core.arrays.string_arrow.ArrowStringArrayNumpySemantics",
    "pandas.arrays.ArrowStringArray",
  ],
  "pandas.StringDtype": [`${PANDAS_STRING}.StringDtype`, "pandas.StringDtype"],
  "pandas.new_index": ["pandas.core.indexes.base._new_Index"],
  "pandas.unpickle_block": ["pandas._libs.internals._unpickle_block"],
  "pandas.unpickle_ndarray_backed": ["pandas._libs.arrays.__pyx_unpickle_NDArrayBacked"],
  "pyarrow.chunked_array": ["pyarrow.lib.chunked_array"],
  "pyarrow.py_buffer": ["pyarrow.lib.py_buffer"],
  "pyarrow.restore_array": ["pyarrow.lib._restore_array"],
  "pyarrow.type_for_alias": ["pyarrow.lib.type_for_alias"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** The one name by which the rest of the reader knows an allow-listed global. */
export type GlobalId = keyof typeof SPELLINGS;

const BY_SPELLING: ReadonlyMap<string, GlobalId> = new Map(
  Object.entries(SPELLINGS).flatMap(([id, spellings]) =>
    spellings.map((spelling): [string, GlobalId] => [spelling, id as GlobalId]),
  ),
);

/** The allow-listed global that `module.name` spells, or undefined. */
export function findGlobal(spelling: string): GlobalId | undefined {
  return BY_SPELLING.get(spelling);
}
