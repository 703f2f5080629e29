/** One node of the graph to one value: a table from allow-listed globals to what makes their values. */
import type { Value } from "../../elements/values.js";
import { unsupported } from "../failures.js";
import type { GlobalId } from "../globals.js";
import { type PyNode, PyObject } from "../graph.js";
import type { Builder } from "./builder.js";
import { buildArray } from "./numpy-array.js";
import { buildCalledScalar, buildScalar, CALLABLE_SCALARS } from "./numpy-scalar.js";
import {
  buildArrowStringArray,
  buildBackedArray,
  buildCategorical,
  buildFromCodes,
  buildMasked,
  buildStringArray,
} from "./pandas-array.js";
import { buildFrame, buildSeries } from "./pandas-frame.js";
import { indexColumn } from "./pandas-index.js";
import { buildMapping, buildRange, plainValue } from "./plain.js";
import { buildCompressed, buildCoordinates } from "./scipy.js";

type MakeObject = (object: PyObject, builder: Builder) => unknown;

const OBJECTS: { readonly [Id in GlobalId]?: MakeObject } = {
  "builtins.range": buildRange,
  "collections.Counter": buildMapping,
  "collections.OrderedDict": buildMapping,
  "collections.defaultdict": buildMapping,
  "numpy.frombuffer": buildArray,
  "numpy.ndarray": buildArray,
  "numpy.reconstruct": buildArray,
  "numpy.scalar": buildScalar,
  ...Object.fromEntries(Object.keys(CALLABLE_SCALARS).map((id) => [id, buildCalledScalar])),
  "pandas.ArrowStringArray": buildArrowStringArray,
  "pandas.Categorical": buildCategorical,
  "pandas.Categorical.from_codes": buildFromCodes,
  "pandas.DataFrame": buildFrame,
  "pandas.Index": indexColumn,
  "pandas.MaskedArray": buildMasked,
  "pandas.Series": buildSeries,
  "pandas.StringArray": buildStringArray,
  "pandas.new_index": indexColumn,
  "pandas.unpickle_ndarray_backed": buildBackedArray,
  "scipy.coo": buildCoordinates,
  "scipy.csc": buildCompressed,
  "scipy.csr": buildCompressed,
};

/** The value of `node`; `UNSUPPORTED` naming the global for a call that stands for no value of its own. */
export function makeValue(node: PyNode, builder: Builder): Value {
  if (!(node instanceof PyObject)) return plainValue(node, builder);
  const make = OBJECTS[node.callable.id];
  if (make === undefined) throw unsupported(`an object of "${node.callable.name}" by itself`);
  return builder.once("value", node, () => make(node, builder)) as Value;
}
