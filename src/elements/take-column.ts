/** Row selection in columns, frames and record arrays. */
import type { AxisSelection } from "../selection/axis.js";
import { Categorical } from "./categorical.js";
import { ArrowColumn, type Column, Frame } from "./frame.js";
import { NullableArray } from "./nullable.js";
import { RecordArray } from "./record.js";
import { takeArrow } from "./take-arrow.js";
import { isWhole, takeDense, takeStrings, takeTyped } from "./take-dense.js";

/** The selected rows of a column; categories are kept as they are, also those that no row has any more. */
export function takeColumn<C extends Column>(column: C, rows: AxisSelection): C;
export function takeColumn(column: Column, rows: AxisSelection): Column {
  if (isWhole(column.shape, [rows])) return column;
  switch (column.kind) {
    case "dense":
      return takeDense(column, [rows]);
    case "strings":
      return takeStrings(column, [rows]);
    case "categorical":
      return new Categorical(takeTyped(column.codes, rows), column.categories, column.ordered);
    case "nullable":
      return new NullableArray(takeDense(column.values, [rows]), takeTyped(column.mask, rows));
    case "arrow":
      return new ArrowColumn(takeArrow(column.vector, rows));
  }
}

/** The selected rows of a frame, index and all columns. */
export function takeFrame(frame: Frame, rows: AxisSelection): Frame {
  if (isWhole([frame.length], [rows])) return frame;
  const columns = new Map([...frame.columns].map(([name, column]) => [name, takeColumn(column, rows)]));
  return new Frame(takeColumn(frame.index, rows), columns, frame.indexName);
}

/** The selected records, field by field. */
export function takeRecords(records: RecordArray, rows: AxisSelection): RecordArray {
  const fields = new Map(
    [...records.fields].map(([name, field]) => [
      name,
      field.kind === "dense" ? takeDense(field, [rows]) : takeStrings(field, [rows]),
    ]),
  );
  return new RecordArray(fields, rows.count);
}
