/** Entries of a matrix in any order: from text, and by their row. */
import { allocate } from "../dtype.js";
import { assertSound, Fault } from "./fault.js";
import { runSteps, step } from "./steps.js";
import type { KernelOptions } from "./types.js";

/** What a line has behind its two indices: nothing (which means 1), a whole number of 32 bits, any number. The order is that of `EntryValue` in C++. */
export const ENTRY_VALUES = ["pattern", "integer", "real"] as const;
export type EntryValue = (typeof ENTRY_VALUES)[number];

/** The matrix that lines are of. */
export interface CoordinateForm {
  readonly rows: number;
  readonly columns: number;
  readonly value: EntryValue;
}

/** Entries one behind the other, with indices from 0. */
export interface Coordinates {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
}

/** How far a text was parsed; `wrong` says what its last line is: no entry, outside the matrix, of another kind of value, one more than there is room for. */
export interface ParsedText {
  readonly lines: number;
  readonly entries: number;
  readonly wrong?: "form" | "index" | "value" | "room";
}

/** A function, because the bundle may load this file before that of `Fault`. */
const wrongBy = (fault: number): ParsedText["wrong"] =>
  (
    ({
      [Fault.lineForm]: "form",
      [Fault.indexRange]: "index",
      [Fault.valueRange]: "value",
      [Fault.changed]: "room",
    }) as Readonly<Record<number, ParsedText["wrong"]>>
  )[fault];

/** Parses whole lines of `row column value`, indices from 1, into the arrays from place `at` on. Blank lines are passed over. */
export function parseCoordinates(
  text: Uint8Array,
  { rows, columns, value }: CoordinateForm,
  into: Coordinates,
  at: number,
  options: KernelOptions = {},
): Promise<ParsedText> {
  return runSteps(
    (function* () {
      const kind = ENTRY_VALUES.indexOf(value);
      const outcome = yield step("parseCoordinates", text.length, { text, rows, columns, kind, ...into, at });
      const { position: lines, value: entries } = outcome;
      const wrong = wrongBy(outcome.fault);
      if (wrong !== undefined) return { lines, entries, wrong };
      assertSound(outcome, options.path);
      return { lines, entries };
    })(),
    options,
  );
}

/** Entries by one of their indices, in compressed form. */
export interface GroupedEntries {
  readonly indptr: Int32Array;
  readonly indices: Int32Array;
  readonly data: Float32Array;
}

/** The first `count` entries by column, of which there are `majors` from `first` on; those of a column keep their order. */
export function groupByColumn(
  { row, column, value }: Coordinates,
  count: number,
  { first, majors }: { readonly first: number; readonly majors: number },
  options: KernelOptions = {},
): Promise<GroupedEntries> {
  return runSteps(
    (function* () {
      const grouped = {
        indptr: allocate("int32", majors + 1),
        indices: allocate("int32", count),
        data: allocate("float32", count),
      };
      const outcome = yield step("groupCoordinates", count + majors, {
        ...{ major: column, minor: row, value, count, first, starts: grouped.indptr },
        ...{ outIndices: grouped.indices, outData: grouped.data },
      });
      assertSound(outcome, options.path);
      return grouped;
    })(),
    options,
  );
}
