/** `ats diff`: what differs between two stores by meaning, whatever their formats, layouts and codecs. */
import { listParts } from "../anndata/parts.js";
import type { LazyDict, LazyElement, LazyFrame } from "../elements/lazy.js";
import type { AnnDataElements } from "../formats/types.js";
import type { ReadOptions } from "../storage/types.js";
import { compareArrays } from "./compare/matrices.js";
import type { Tolerance } from "./compare/numbers.js";
import { compareNames, compareValues, type Difference } from "./compare/values.js";

export type { Difference } from "./compare/values.js";

/** Options of {@link diff}. */
export interface DiffOptions extends ReadOptions {
  /** Numbers a and b are equal where |a - b| <= atol + rtol * |b|; default 0. */
  readonly rtol?: number;
  /** Default 0. */
  readonly atol?: number;
  /** Called with the path of each element before it is compared. */
  readonly onElement?: (path: string) => void;
}

/** What `ats diff --json` prints. */
export interface DiffReport {
  readonly equal: boolean;
  readonly differences: readonly Difference[];
}

/**
 * Compares two AnnData element by element, large ones in blocks. Equal are: a dense and a sparse matrix of the same values (NaN equals NaN,
 * a stored zero equals none), a list and an array of the same values. Different are: names, order of names and columns, shapes, element
 * types, categories, missing values. Errors: those of reading either store.
 */
export async function diff(first: Comparable, second: Comparable, options: DiffOptions = {}): Promise<DiffReport> {
  const [a, b] = [await elementsOf(first, options), await elementsOf(second, options)];
  const tolerance = { rtol: options.rtol ?? 0, atol: options.atol ?? 0 };
  const differences: Difference[] = [];
  if (a.shape[0] !== b.shape[0] || a.shape[1] !== b.shape[1]) {
    differences.push({ path: "", what: `has the shape [${a.shape}] in one, [${b.shape}] in the other` });
  }
  const parts = (elements: AnnDataElements) =>
    new Map(listParts(elements).map(({ path, element }) => [path, element] as const));
  await compareMaps(parts(a), parts(b), (path) => path, { ...options, tolerance }, differences);
  return { equal: differences.length === 0, differences };
}

/** An AnnData or an open store. */
export interface Comparable {
  readonly elements: AnnDataElements;
  /** Settles what a view selects; `elements` is asked for afterwards. */
  resolve?(options: ReadOptions): Promise<unknown>;
}

async function elementsOf(store: Comparable, options: ReadOptions): Promise<AnnDataElements> {
  await store.resolve?.(options);
  return store.elements;
}

interface Context extends DiffOptions {
  readonly tolerance: Tolerance;
}

async function compareMaps(
  a: ReadonlyMap<string, LazyElement>,
  b: ReadonlyMap<string, LazyElement>,
  at: (key: string) => string,
  context: Context,
  into: Difference[],
): Promise<void> {
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [x, y] = [a.get(key), b.get(key)];
    if (x === undefined) into.push({ path: at(key), what: "is missing in the first" });
    else if (y === undefined) into.push({ path: at(key), what: "is missing in the second" });
    else await compareElements(at(key), x, y, context, into);
  }
}

async function compareElements(
  path: string,
  a: LazyElement,
  b: LazyElement,
  context: Context,
  into: Difference[],
): Promise<void> {
  context.signal?.throwIfAborted();
  if (a.kind === "lazy-dict" && b.kind === "lazy-dict") {
    await compareMaps(await membersOf(a), await membersOf(b), (key) => `${path}/${key}`, context, into);
    return;
  }
  context.onElement?.(path);
  const { tolerance } = context;
  if (a.kind === "lazy-frame" && b.kind === "lazy-frame") into.push(...(await compareFrames(path, a, b, context)));
  else if (a.kind === "lazy-array" && b.kind === "lazy-array") {
    into.push(...(await compareArrays(path, a, b, tolerance, context)));
  } else into.push(...compareValues(path, await a.read([], context), await b.read([], context), tolerance));
}

async function membersOf(dict: LazyDict): Promise<ReadonlyMap<string, LazyElement>> {
  const members = new Map<string, LazyElement>();
  for (const key of await dict.keys()) {
    const member = await dict.get(key);
    if (member !== undefined) members.set(key, member);
  }
  return members;
}

/** Column by column, so that one column of each is in memory at a time. */
async function compareFrames(path: string, a: LazyFrame, b: LazyFrame, context: Context): Promise<Difference[]> {
  if (a.length !== b.length) return [{ path, what: `has ${a.length} rows in one, ${b.length} in the other` }];
  const differences = compareNames(path, a.columnNames, b.columnNames);
  const common = a.columnNames.filter((name) => b.columnNames.includes(name));
  const steps = common.length === 0 ? [[]] : common.map((name) => [name]);
  for (const [i, names] of steps.entries()) {
    context.signal?.throwIfAborted();
    const [x, y] = await Promise.all([a.readFrame(names, undefined, context), b.readFrame(names, undefined, context)]);
    const found = compareValues(path, x, y, context.tolerance);
    // The index comes along with every column; it is told once.
    differences.push(...found.filter((difference) => i === 0 || difference.path !== path));
  }
  return differences;
}
