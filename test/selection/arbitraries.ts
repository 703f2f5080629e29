/** Generators of tables and of selectors of every kind: with duplicates, empties, negatives, and composed. */
import fc from "fast-check";
import {
  type ConditionSpec,
  type ModelColumn,
  type ModelTable,
  modelPositions,
  type SelectorSpec,
  takeRows,
} from "./model.js";

/** Tables of up to `maxLength` rows with distinct names, a numeric column with NaN and a categorical one with missing values. */
export function arbitraryTable(maxLength = 40): fc.Arbitrary<ModelTable> {
  return fc
    .array(
      fc.record({
        score: fc.oneof(fc.integer({ min: -5, max: 5 }), fc.constantFrom(0.5, -2.25, Number.NaN)),
        group: fc.constantFrom("a", "b", "B cell", null),
      }),
      { maxLength },
    )
    .map((rows) => ({
      names: rows.map((_, i) => `cell${i}`),
      columns: {
        score: { kind: "numeric", values: rows.map((row) => row.score) },
        group: {
          kind: "categorical",
          values: rows.map((row) => row.group),
          categories: ["a", "b", "B cell", "unused"],
        },
      },
    }));
}

/** Slices, of any sign and beyond the ends. */
export function arbitrarySlice(length: number): fc.Arbitrary<SelectorSpec> {
  const bound = fc.option(fc.integer({ min: -length - 3, max: length + 3 }));
  const step = fc.option(fc.integer({ min: -4, max: 4 }).filter((value) => value !== 0));
  return fc.record({ kind: fc.constant("slice" as const), start: bound, stop: bound, step });
}

/** Masks of the axis's length. */
export function arbitraryMask(length: number): fc.Arbitrary<SelectorSpec> {
  return fc.record({
    kind: fc.constant("mask" as const),
    mask: fc.array(fc.boolean(), { minLength: length, maxLength: length }),
    as: fc.constantFrom("booleans" as const, "bytes" as const),
  });
}

/** Positions with duplicates and negatives, in any order; also runs, so that ranges are met. */
export function arbitraryPositions(length: number): fc.Arbitrary<SelectorSpec> {
  const scattered =
    length === 0
      ? fc.constant<number[]>([])
      : fc.array(fc.integer({ min: -length, max: length - 1 }), { maxLength: 2 * length });
  const run = fc
    .tuple(fc.nat({ max: length }), fc.nat({ max: length }))
    .map(([a, b]) => Array.from({ length: Math.abs(a - b) }, (_, i) => Math.min(a, b) + i));
  return fc.record({
    kind: fc.constant("positions" as const),
    positions: fc.oneof(scattered, run),
    as: fc.constantFrom("numbers" as const, "int32" as const, "int64" as const),
  });
}

/** Names of the axis, in any order, also twice. */
export function arbitraryNames(names: readonly string[]): fc.Arbitrary<SelectorSpec> {
  const chosen =
    names.length === 0 ? fc.constant<string[]>([]) : fc.array(fc.constantFrom(...names), { maxLength: names.length });
  return chosen.map((list) => ({ kind: "names", names: list }));
}

/** Conditions on the columns of a table, nested up to three deep. */
export function arbitraryCondition(columns: Record<string, ModelColumn>): fc.Arbitrary<ConditionSpec> {
  const leaves = Object.entries(columns).map(([name, column]) =>
    column.kind === "numeric" ? numericCondition(name, column.values) : categoricalCondition(name, column.categories),
  );
  const { node } = fc.letrec<{ node: ConditionSpec }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3, depthSize: "small" },
      ...leaves,
      fc.record({ op: fc.constantFrom("and" as const, "or" as const), terms: fc.tuple(tie("node"), tie("node")) }),
      fc.record({ op: fc.constant("not" as const), term: tie("node") }),
    ),
  }));
  return node;
}

function numericCondition(column: string, values: readonly number[]): fc.Arbitrary<ConditionSpec> {
  const finite = values.filter((value) => Number.isFinite(value));
  const value = finite.length === 0 ? fc.constant(0) : fc.constantFrom(...finite, (finite[0] as number) + 0.5);
  return fc.oneof(
    fc.record({
      op: fc.constantFrom("eq" as const, "ne" as const, "lt" as const, "le" as const, "gt" as const, "ge" as const),
      column: fc.constant(column),
      value,
    }),
    fc.record({
      op: fc.constant("in" as const),
      column: fc.constant(column),
      values: fc.array(value, { maxLength: 3 }),
    }),
    fc.constant({ op: "isNull" as const, column }),
  );
}

function categoricalCondition(column: string, categories: readonly string[]): fc.Arbitrary<ConditionSpec> {
  const value = fc.constantFrom(...categories, "no such category");
  return fc.oneof(
    fc.record({ op: fc.constantFrom("eq" as const, "ne" as const), column: fc.constant(column), value }),
    fc.record({
      op: fc.constant("in" as const),
      column: fc.constant(column),
      values: fc.array(value, { maxLength: 3 }),
    }),
    fc.constant({ op: "isNull" as const, column }),
  );
}

/** Selectors of every kind that fit `table`. */
export function arbitrarySelector(table: ModelTable): fc.Arbitrary<SelectorSpec> {
  const length = table.names.length;
  const kinds = [
    arbitrarySlice(length),
    arbitraryMask(length),
    arbitraryPositions(length),
    arbitraryNames(table.names),
  ];
  if (Object.keys(table.columns).length > 0) {
    kinds.push(arbitraryCondition(table.columns).map((condition) => ({ kind: "condition", condition })));
  }
  return fc.oneof(...kinds);
}

/** One to `maxDepth` selectors, each of which selects within what the ones before it selected. */
export function arbitraryComposition(table: ModelTable, maxDepth = 3): fc.Arbitrary<SelectorSpec[]> {
  return arbitrarySelector(table).chain((spec) => {
    if (maxDepth === 1) return fc.constant<SelectorSpec[]>([spec]);
    const rest = arbitraryComposition(takeRows(table, modelPositions(spec, table)), maxDepth - 1);
    return fc.oneof(
      fc.constant<SelectorSpec[]>([spec]),
      rest.map((specs) => [spec, ...specs]),
    );
  });
}
