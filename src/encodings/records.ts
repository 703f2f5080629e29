/** Records taken apart: the old way to keep data frames (`obs`, `var`) and matrices (`obsm`) in one structured array. */
import type { LazyArray, LazyFrame } from "../elements/lazy.js";
import { RecordArray } from "../elements/record.js";
import { takeDense, takeStrings } from "../elements/take-dense.js";
import type { Value } from "../elements/values.js";
import { wholeAxis } from "../selection/axis.js";
import type { ArrayNode, ReadOptions, StoredField } from "../storage/types.js";
import { infoOf } from "./describe.js";
import { columnFrame } from "./frame-columns.js";
import { corrupt } from "./member.js";

/** The fields of `node`; `CORRUPT` where it does not hold records. */
export function fieldsOf(node: ArrayNode): readonly StoredField[] {
  if (typeof node.dtype === "string" || node.shape.length !== 1) throw corrupt(node.path, "should hold records");
  return node.dtype.fields;
}

/** The field `field` of every record of `node` as an array of its own: one row per record. */
export function fieldArray(node: ArrayNode, field: StoredField): LazyArray {
  const shape = [node.shape[0] ?? 0, ...(field.shape ?? [])];
  const path = `${node.path}/${field.name}`;
  const read: LazyArray["read"] = async (selection = [], options?: ReadOptions): Promise<Value> => {
    const records = await node.read([selection[0]], options);
    const value = records instanceof RecordArray ? records.fields.get(field.name) : undefined;
    if (value === undefined) throw corrupt(path, "cannot be found among its records");
    const inner = [wholeAxis(value.length), ...selection.slice(1)];
    return value.kind === "dense" ? takeDense(value, inner) : takeStrings(value, inner);
  };
  return {
    kind: "lazy-array",
    info: {
      ...infoOf(node, field.dtype === "string" ? "string-array" : "array", "", { shape }),
      path,
      dtype: field.dtype,
    },
    shape,
    dtype: field.dtype,
    sparse: null,
    read,
    storedBytes: async () => undefined,
  };
}

/** Records as a data frame: the first field is the index, the others are columns. */
export function recordFrame(node: ArrayNode): LazyFrame {
  const [first, ...columns] = fieldsOf(node);
  if (first === undefined) throw corrupt(node.path, "holds records without fields");
  const byName = new Map(columns.map((field) => [field.name, field]));
  return columnFrame({
    info: infoOf(node, "dataframe", "", { shape: [node.shape[0] ?? 0, columns.length], layout: node.layout }),
    columnNames: [...byName.keys()],
    index: fieldArray(node, first),
    indexName: first.name,
    column: async (name) => fieldArray(node, byName.get(name) as StoredField),
  });
}
