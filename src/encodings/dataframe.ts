/**
 * `dataframe` 0.2.0, and 0.1.0, in which a categorical is its codes with an attribute `categories` that names its categories, relative to
 * the frame in Zarr, by an object reference (here an absolute path) in HDF5.
 */
import { UNNAMED_INDEX } from "../elements/frame.js";
import type { LazyArray } from "../elements/lazy.js";
import type { ArrayNode, GroupNode } from "../storage/types.js";
import { codedArray } from "./coded.js";
import { writeFrame } from "./dataframe-write.js";
import { defineEncoding, type OpenContext } from "./define.js";
import { infoOf } from "./describe.js";
import { columnFrame } from "./frame-columns.js";
import { asGroup, columnNodeOf, corrupt, flagAttribute, textAttribute } from "./member.js";
import { plainArray } from "./plain-array.js";

/** Opens a data frame, whose columns open when they are asked for; writes one column by column. */
export const dataframe = defineEncoding({
  type: "dataframe",
  versions: ["0.2.0", "0.1.0"],
  async open(node, context) {
    const group = asGroup(node, "dataframe");
    const indexKey = textAttribute(group, "_index");
    if (indexKey === undefined) throw corrupt(group.path, 'is a data frame without the attribute "_index"');
    const columnNames = columnOrder(group);
    const version = textAttribute(group, "encoding-version") ?? "0.2.0";
    const index = await openColumn(group, indexKey, context);
    if (index.shape.length !== 1) throw corrupt(index.info.path, "is an index that is not one-dimensional");
    return columnFrame({
      info: infoOf(group, "dataframe", version, { shape: [index.shape[0] ?? 0, columnNames.length] }),
      columnNames,
      index,
      indexName: indexKey === UNNAMED_INDEX ? null : indexKey,
      column: (name) => openColumn(group, name, context),
    });
  },
  write: writeFrame,
});

function columnOrder(group: GroupNode): readonly string[] {
  const order = group.attributes["column-order"];
  // Without columns, numpy makes the list an empty array of floats.
  if (Array.isArray(order) && order.every((name) => typeof name === "string")) return order;
  throw corrupt(group.path, 'is a data frame without a list of names in the attribute "column-order"');
}

async function openColumn(group: GroupNode, name: string, context: OpenContext): Promise<LazyArray> {
  const node = await columnNodeOf(group, name);
  if (node.kind === "array" && textAttribute(node, "encoding-type") === undefined) {
    return openPlainColumn(group, node, context);
  }
  const element = await context.open(node);
  if (element.kind === "lazy-array") return element;
  throw corrupt(node.path, "is a column of a data frame but no array");
}

/** A column without an encoding of its own, as 0.1.0 has them. */
async function openPlainColumn(group: GroupNode, node: ArrayNode, context: OpenContext): Promise<LazyArray> {
  const target = textAttribute(node, "categories");
  if (target === undefined) return plainArray(node, node.dtype === "string" ? "string-array" : "array", "");
  const categories = await context.resolve(target.startsWith("/") ? target : `${group.path}/${target}`);
  if (categories?.kind !== "array") throw corrupt(node.path, `refers to the categories ${target}, which are no array`);
  return codedArray({
    codes: node,
    categories: await openCategories(categories, context),
    ordered: flagAttribute(categories, "ordered"),
    info: infoOf(node, "categorical", "0.1.0"),
  });
}

async function openCategories(node: ArrayNode, context: OpenContext): Promise<LazyArray> {
  if (textAttribute(node, "encoding-type") === undefined) return plainArray(node, "array", "");
  const element = await context.open(node);
  if (element.kind === "lazy-array") return element;
  throw corrupt(node.path, "holds categories but is no array");
}
