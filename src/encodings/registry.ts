/** All encodings, and how a node finds its own. */
import type { LazyElement } from "../elements/lazy.js";
import type { GroupNode, StoredNode } from "../storage/types.js";
import { anndata, raw } from "./anndata.js";
import { array } from "./array.js";
import { awkwardArray } from "./awkward-array.js";
import { bytes } from "./bytes.js";
import { categorical } from "./categorical.js";
import { cscMatrix } from "./csc-matrix.js";
import { csrMatrix } from "./csr-matrix.js";
import { dataframe } from "./dataframe.js";
import type { Encoding, OpenContext } from "./define.js";
import { dict } from "./dict.js";
import { textAttribute } from "./member.js";
import { nullValue } from "./null.js";
import { nullableBoolean, nullableInteger, nullableString, nullableStringArray } from "./nullable.js";
import { numericScalar } from "./numeric-scalar.js";
import { opaque } from "./opaque.js";
import { recArray } from "./rec-array.js";
import { noteStored } from "./stored-node.js";
import { string } from "./string.js";
import { stringArray } from "./string-array.js";
import { openUnmarked } from "./unmarked.js";

/** Every encoding by its type. */
export const ENCODINGS: ReadonlyMap<string, Encoding> = new Map(
  [
    anndata,
    array,
    awkwardArray,
    bytes,
    categorical,
    cscMatrix,
    csrMatrix,
    dataframe,
    dict,
    nullValue,
    nullableBoolean,
    nullableInteger,
    nullableString,
    nullableStringArray,
    numericScalar,
    raw,
    recArray,
    string,
    stringArray,
  ].map((encoding) => [encoding.type, encoding]),
);

/** Every encoding by its type; `more` come beside the known ones, or in their place. */
export function encodingsBy(more: readonly Encoding[] = []): ReadonlyMap<string, Encoding> {
  return more.length === 0 ? ENCODINGS : new Map([...ENCODINGS, ...more.map((one) => [one.type, one] as const)]);
}

/**
 * Opens `node` by its `encoding-type` and `encoding-version`, or by its form where it has none. A type or version that is not known opens
 * as an element whose read is `UNSUPPORTED`. `CORRUPT` where the node is not what it says.
 */
export async function openNode(
  node: StoredNode,
  context: OpenContext,
  encodings: ReadonlyMap<string, Encoding> = ENCODINGS,
): Promise<LazyElement> {
  return noteStored(await openByMarks(node, context, encodings), node);
}

async function openByMarks(
  node: StoredNode,
  context: OpenContext,
  encodings: ReadonlyMap<string, Encoding>,
): Promise<LazyElement> {
  const type = textAttribute(node, "encoding-type");
  if (type === undefined || type === "") return openUnmarked(node, context);
  const version = textAttribute(node, "encoding-version") ?? "";
  const encoding = encodings.get(type);
  if (encoding === undefined || !encoding.versions.includes(version)) return opaque(node, type, version);
  return encoding.open(node, context);
}

/** The context of a store whose root is `root`; `more` are encodings beside the known ones, or in their place. */
export function openContext(root: GroupNode, more?: readonly Encoding[]): OpenContext {
  const encodings = encodingsBy(more);
  const context: OpenContext = {
    open: (node) => openNode(node, context, encodings),
    resolve: (path) => resolve(root, path),
  };
  return context;
}

async function resolve(root: GroupNode, path: string): Promise<StoredNode | undefined> {
  let node: StoredNode | undefined = root;
  for (const name of path.split("/")) {
    if (name === "") continue;
    if (node?.kind !== "group") return undefined;
    node = await node.get(name);
  }
  return node;
}
