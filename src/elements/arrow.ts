/**
 * Frame ↔ Arrow Table, exactly: element types to the bit, missing values, categories with their order and those that are not used. An Arrow table of ours
 * carries the index as a column under its own name and says which in the schema's metadata.
 */
import type { Schema, Table } from "apache-arrow";
import { AtsError } from "../errors.js";
import { vectorToColumn } from "./arrow-read.js";
import { columnToVector } from "./arrow-write.js";
import { type Column, Frame, UNNAMED_INDEX } from "./frame.js";
import { StringArray } from "./strings.js";

/** The key of the schema's metadata that names the index column. */
export const INDEX_KEY = "index";

/**
 * The Arrow table of `frame`: its index first, under its own name (`_index` where it has none), then its columns. Loads apache-arrow on first use.
 */
export async function frameToArrow(frame: Frame): Promise<Table> {
  const arrow = await import("apache-arrow");
  const indexName = indexColumnName(frame);
  const fields = [[indexName, frame.index] as const, ...frame.columns].map(([name, column]) => {
    const { vector, metadata } = columnToVector(arrow, column);
    const nullable = column.kind !== "dense";
    return { field: new arrow.Field(name, vector.type, nullable, metadata), vector };
  });
  const schema = new arrow.Schema(
    fields.map(({ field }) => field),
    new Map([[INDEX_KEY, indexName]]),
  );
  const columns = Object.create(null) as Record<string, (typeof fields)[number]["vector"]>;
  for (const { field, vector } of fields) columns[field.name] = vector;
  return new arrow.Table(schema, columns);
}

/** The index's own name, unless a column has it too. */
function indexColumnName(frame: Frame): string {
  const candidates = [frame.indexName ?? UNNAMED_INDEX, UNNAMED_INDEX, "__index_level_0__"];
  const free = candidates.find((name) => !frame.columns.has(name));
  if (free === undefined) {
    throw new AtsError("INVALID_ARGUMENT", `The columns take every name for the index; rename "${UNNAMED_INDEX}".`);
  }
  return free;
}

/**
 * The frame of an Arrow table, also of another copy of apache-arrow. The index is the column `indexColumn`, else the one that the
 * schema's metadata names, else `_index` or `__index_level_0__`; a table without any gets the row numbers as text, as anndata does.
 * `INVALID_ARGUMENT` where `indexColumn` is not in the table or two columns share a name.
 */
export function arrowToFrame(table: Table, indexColumn?: string): Frame {
  const columns = new Map<string, Column>();
  table.schema.fields.forEach((field, i) => {
    const vector = table.getChildAt(i);
    if (vector === null || columns.has(field.name)) {
      throw new AtsError("INVALID_ARGUMENT", `The table has two columns "${field.name}"; rename one.`);
    }
    columns.set(field.name, vectorToColumn(vector, field.metadata));
  });
  if (indexColumn !== undefined && !columns.has(indexColumn)) {
    throw new AtsError("INVALID_ARGUMENT", `The table has no column "${indexColumn}" to be the index.`);
  }
  const name = indexColumn ?? namedIndex(table.schema, columns);
  if (name === undefined) return new Frame(rowNumbers(table.numRows), columns);
  const index = columns.get(name) as Column;
  columns.delete(name);
  return new Frame(index, columns, name === UNNAMED_INDEX || name === "__index_level_0__" ? null : name);
}

function namedIndex(schema: Schema, columns: ReadonlyMap<string, Column>): string | undefined {
  const names = [schema.metadata.get(INDEX_KEY), UNNAMED_INDEX, "__index_level_0__"];
  return names.find((name) => name !== undefined && columns.has(name));
}

function rowNumbers(count: number): StringArray {
  return new StringArray(Array.from({ length: count }, (_, i) => String(i)));
}
