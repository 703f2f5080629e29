/** The elements of an AnnData with some of them replaced, added or left out, by path. */
import type { LazyArray, LazyDict, LazyElement, LazyFrame } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { columnFrame } from "../encodings/frame-columns.js";
import { lazyDict } from "../encodings/group-dict.js";
import { AtsError } from "../errors.js";
import type { AnnDataElements } from "./types.js";

/** What takes an element's place; undefined where it is to go. */
export type Replacement = LazyElement | undefined;

const MAPS = ["layers", "obsm", "varm", "obsp", "varp"] as const;
type MapName = (typeof MAPS)[number];

/**
 * `elements` with the element at `path` replaced: `X`, `obs`, `var` (whole), `obs/<column>`, `var/<column>`, `layers/<key>` and the like, `uns/<key>`
 * at any depth. `INVALID_ARGUMENT` for another path or an element of another kind, `NOT_FOUND` where what is to go is not there.
 */
export async function replaceElement(
  elements: AnnDataElements,
  path: string,
  replacement: Replacement,
): Promise<AnnDataElements> {
  const slash = path.indexOf("/");
  const [part, rest] = slash < 0 ? [path, ""] : [path.slice(0, slash), path.slice(slash + 1)];
  if (part === "X" && rest === "") return { ...elements, X: replaceX(elements, replacement) };
  if (part === "obs" || part === "var")
    return { ...elements, [part]: await replaceInFrame(elements[part], rest, replacement, path) };
  if (rest !== "" && (MAPS as readonly string[]).includes(part)) {
    const name = part as MapName;
    return { ...elements, [name]: replaceInMap(elements[name], rest, replacement, path) };
  }
  if (part === "uns" && rest !== "")
    return { ...elements, uns: await replaceInDict(elements.uns, rest, replacement, path) };
  throw new AtsError(
    "INVALID_ARGUMENT",
    `${path} cannot be edited; name X, obs/<column>, var/<column>, uns/<key>, or a key of ${MAPS.join(", ")}.`,
    { path },
  );
}

function replaceX(elements: AnnDataElements, replacement: Replacement): LazyArray | null {
  if (replacement === undefined) {
    if (elements.X === null) throw missing("X");
    return null;
  }
  if (replacement.kind === "lazy-array" && replacement.shape.length === 2) return replacement;
  throw new AtsError("INVALID_ARGUMENT", "X must be a matrix.", { path: "X" });
}

function replaceInMap(
  map: ReadonlyMap<string, LazyElement>,
  key: string,
  replacement: Replacement,
  path: string,
): ReadonlyMap<string, LazyElement> {
  const edited = new Map(map);
  if (replacement !== undefined) edited.set(key, replacement);
  else if (!edited.delete(key)) throw missing(path);
  return edited;
}

async function replaceInFrame(
  frame: LazyFrame,
  column: string,
  replacement: Replacement,
  path: string,
): Promise<LazyFrame> {
  if (column === "") {
    if (replacement?.kind === "lazy-frame") return replacement;
    throw new AtsError("INVALID_ARGUMENT", `${path} must be a data frame.`, { path });
  }
  if (replacement !== undefined && (replacement.kind !== "lazy-array" || replacement.shape.length !== 1)) {
    throw new AtsError("INVALID_ARGUMENT", `${path} must be a column: an array of one dimension.`, { path });
  }
  if (replacement !== undefined && replacement.shape[0] !== frame.length) {
    const lengths = `${replacement.shape[0]} values for ${frame.length} rows`;
    throw new AtsError("INVALID_ARGUMENT", `${path} has ${lengths}.`, { path });
  }
  if (replacement === undefined && !frame.columnNames.includes(column)) throw missing(path);
  const others = frame.columnNames.filter((name) => name !== column || replacement !== undefined);
  const columnNames = replacement === undefined || others.includes(column) ? others : [...others, column];
  return editedFrame(frame, columnNames, column, replacement);
}

/** `frame` with `columnNames`, of which `edited` is `replacement`. A table, which is one file, is read whole. */
async function editedFrame(
  frame: LazyFrame,
  columnNames: readonly string[],
  edited: string,
  replacement: LazyArray | undefined,
): Promise<LazyFrame> {
  const { path } = frame.info;
  const kept = columnNames.filter((name) => name !== edited || replacement === undefined);
  const single = frame.column !== undefined && frame.index !== undefined;
  const source = (single ? frame : lazyFromValue(await frame.readFrame(kept), path)) as Required<LazyFrame>;
  return columnFrame({
    info: { ...frame.info, shape: [frame.length, columnNames.length] },
    columnNames,
    index: await source.index(),
    indexName: frame.indexName,
    column: async (name) => (name === edited && replacement !== undefined ? replacement : source.column(name)),
  });
}

async function replaceInDict(dict: LazyDict, key: string, replacement: Replacement, path: string): Promise<LazyDict> {
  const keys = await dict.keys();
  const [first, rest] = splitKey(key, keys);
  const inner = rest === "" ? undefined : await dict.get(first);
  if (rest !== "" && inner?.kind !== "lazy-dict") throw missing(path);
  const entry = inner?.kind === "lazy-dict" ? await replaceInDict(inner, rest, replacement, path) : replacement;
  if (entry === undefined && !keys.includes(first)) throw missing(path);
  const others = keys.filter((name) => name !== first || entry !== undefined);
  const names = entry === undefined || others.includes(first) ? others : [...others, first];
  return lazyDict({
    info: dict.info,
    keys: async () => names,
    get: async (name) => (name === first ? entry : dict.get(name)),
    storedBytes: (options) => dict.storedBytes(options),
  });
}

/** The key of this dict that `path` begins with, and the rest: keys may hold slashes, and the longest one that is there wins. */
function splitKey(path: string, keys: readonly string[]): [first: string, rest: string] {
  const fitting = keys.filter((key) => path === key || path.startsWith(`${key}/`));
  const first = fitting.sort((a, b) => b.length - a.length)[0] ?? path.split("/")[0] ?? path;
  return [first, path.slice(first.length + 1)];
}

function missing(path: string): AtsError {
  return new AtsError("NOT_FOUND", `There is no ${path} to edit; ats info lists what there is.`, { path });
}
