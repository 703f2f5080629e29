/** Evaluates predicates over the columns of a table, column by column. */
import type { Categorical } from "../elements/categorical.js";
import type { Column } from "../elements/frame.js";
import type { NullableArray } from "../elements/nullable.js";
import { AtsError } from "../errors.js";
import type { AxisSelection } from "./axis.js";
import { fromBytes } from "./mask.js";
import { compareNumbers, isInNumbers, isNaNTruth, truthOf } from "./numeric.js";
import { OUTCOMES, ofMissing } from "./ordering.js";
import type { PredicateNode } from "./predicate.js";
import { compareArrow, isInArrow, isNullArrow } from "./scalar-column.js";
import { compareStrings, isInStrings, isNullString, noTruth, TEXT_TESTS, testStrings } from "./strings.js";
import { type AxisTable, columnOf } from "./table.js";
import { textReader } from "./text.js";
import { and, FALSE, fromTest, not, or, TRUE, type TriState, type Truth, UNKNOWN } from "./tri-state.js";

/** A condition on one column. */
type Leaf = Exclude<PredicateNode, { readonly op: "and" | "or" | "not" }>;
type Compare = Extract<Leaf, { readonly op: "compare" }>;

/** The positions where `node` holds. `NOT_FOUND` for an unknown column, `INVALID_ARGUMENT` where types do not compare. */
export function evaluate(node: PredicateNode, table: AxisTable): AxisSelection {
  return fromBytes(truth(node, table), TRUE);
}

/** The truth of `node` for every row. Errors as {@link evaluate}. */
export function truth(node: PredicateNode, table: AxisTable): Truth {
  switch (node.op) {
    case "and":
      return and(truth(node.terms[0], table), truth(node.terms[1], table));
    case "or":
      return or(truth(node.terms[0], table), truth(node.terms[1], table));
    case "not":
      return not(truth(node.term, table));
    default:
      return testColumn(columnOf(table, node.column), node);
  }
}

function testColumn(column: Column, leaf: Leaf): Truth {
  if (column.kind === "categorical") return testCategorical(column, leaf);
  if (column.kind === "nullable") return testNullable(column, leaf);
  return TESTS[leaf.op](column, leaf as never);
}

type PlainColumn = Exclude<Column, Categorical | NullableArray>;
type Tests = { readonly [Op in Leaf["op"]]: (column: PlainColumn, leaf: Extract<Leaf, { readonly op: Op }>) => Truth };

const TESTS: Tests = {
  compare: (column, { comparison, value, column: name }) => {
    if (column.kind === "dense") return compareNumbers(column, comparison, value, name);
    if (column.kind === "strings") return compareStrings(column, comparison, value, name);
    return compareArrow(column, comparison, value, name);
  },
  in: (column, { values, column: name }) => {
    if (column.kind === "dense") return isInNumbers(column, values, name);
    return column.kind === "strings" ? isInStrings(column, values, name) : isInArrow(column, values, name);
  },
  isNull: (column) => {
    if (column.kind === "dense") return isNaNTruth(column);
    return column.kind === "strings" ? isNullString(column) : isNullArrow(column);
  },
  text: (column, { test, text, column: name }) => testText(column, name, (value) => TEXT_TESTS[test](value, text)),
  matches: (column, { pattern, column: name }) => testText(column, name, (value) => pattern.test(value)),
  truth: (column, { column: name }) => (column.kind === "dense" ? truthOf(column, name) : noTruth(name)),
};

function testText(column: PlainColumn, name: string, test: (value: string) => boolean): Truth {
  if (column.kind === "strings") return testStrings(column, test);
  if (column.kind === "dense") {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `Column "${name}" holds ${column.dtype}, not text; compare it with a number.`,
      {
        path: name,
      },
    );
  }
  const text = textReader(column);
  return fromTest(column.length, (i) => test(text(i) ?? ""));
}

/** Tests each category once, then looks every code up. */
function testCategorical(column: Categorical, leaf: Leaf): Truth {
  const byCategory = leaf.op === "compare" ? compareCategories(column, leaf) : testColumn(column.categories, leaf);
  const missing = ofMissingValue(leaf);
  const { codes } = column;
  const result = new Uint8Array(codes.length);
  for (let i = 0; i < result.length; i++) {
    const code = codes[i] as number;
    result[i] = code < 0 ? missing : (byCategory[code] as number);
  }
  return result;
}

/** Ordered categories compare by their order, unordered ones for equality only, as in pandas. */
function compareCategories({ categories, ordered }: Categorical, leaf: Compare): Truth {
  const equal = testColumn(categories, { ...leaf, comparison: "eq" });
  if (leaf.comparison === "eq") return equal;
  if (leaf.comparison === "ne") return not(equal);
  const at = equal.indexOf(TRUE);
  if (!ordered || at < 0) {
    const why = ordered ? `has no category ${JSON.stringify(String(leaf.value))}` : "has categories without an order";
    throw new AtsError("INVALID_ARGUMENT", `Column "${leaf.column}" ${why}; compare it by eq, ne or in.`, {
      path: leaf.column,
    });
  }
  const outcomes = OUTCOMES[leaf.comparison];
  return equal.map((_, code) => outcomes[code < at ? 0 : code === at ? 1 : 2]);
}

/** Tests the values, then answers for the masked ones: a comparison with one is unknown. */
function testNullable({ values, mask }: NullableArray, leaf: Leaf): Truth {
  const result = leaf.op === "isNull" ? new Uint8Array(mask.length) : testColumn(values, leaf);
  const certain = leaf.op === "isNull" || leaf.op === "in";
  const missing = certain ? ofMissingValue(leaf) : UNKNOWN;
  for (let i = 0; i < mask.length; i++) if (mask[i] !== 0) result[i] = missing;
  return result;
}

function ofMissingValue(leaf: Leaf): TriState {
  if (leaf.op === "isNull") return TRUE;
  if (leaf.op === "in") return leaf.values.includes(null) ? TRUE : FALSE;
  return leaf.op === "compare" ? ofMissing(leaf.comparison) : FALSE;
}
