/** Appending observations to a store where it lies. */
import { concatValues } from "../elements/concat.js";
import type { LazyArray, LazyElement, LazyFrame } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import type { ArrayValue } from "../elements/values.js";
import { appendRows } from "../encodings/appended.js";
import { appendPairs } from "../encodings/appended-pairs.js";
import { AtsError } from "../errors.js";
import { type EditOptions, editAnnData } from "../formats/edit.js";
import type { AnnDataElements, RawElements } from "../formats/types.js";
import { names } from "../selection/index.js";
import type { ReadOptions } from "../storage/types.js";
import type { AnnData } from "./anndata.js";
import { toPath } from "./location.js";

/** Options of {@link append}. */
export interface AppendOptions extends EditOptions {
  /**
   * What becomes of obsp, of which the pairs of an old and a new observation are not known. `true`, as in anndata's `concat`: those pairs are zero, so that each
   * matrix becomes block-diagonal; `rows` needs the same matrices. `false`: the store has no obsp afterwards.
   */
  readonly pairwise?: boolean;
}

/**
 * Appends the observations of `rows` to the store at `path`, an `.ats`, a Zarr store or an `.h5ad`, all or nothing: obs, X, layers, obsm and raw's X together. What is
 * stored of matrices is taken over as it is but for the last chunks; obs is written anew. `rows` needs the same variables (in any order), the
 * same columns and the same layers and obsm; its var, varm and uns are not looked at.
 *
 * `NOT_FOUND`, also for a variable that `rows` lacks; `INVALID_ARGUMENT` where elements, types or columns differ; `UNSUPPORTED` for a store with obsp where
 * `pairwise` does not say what becomes of it, for X by columns (CSC), and for formats that are only read; `LOCKED`.
 */
export async function append(path: string | URL, rows: AnnData, options: AppendOptions = {}): Promise<void> {
  const target = toPath(path);
  const edit = async (stored: AnnDataElements) => {
    const more = await alignedTo(stored, rows, options);
    const elements = await appendElements(stored, more, options);
    const members = (["layers", "obsm", "obsp"] as const).flatMap((name) =>
      [...elements[name].keys()].map((key) => `${name}/${key}`),
    );
    return { elements, changed: new Set(["obs", "X", "raw", ...members]) };
  };
  await editAnnData(target, edit, options);
}

/** The elements of `rows` with the stored variables, in their order. */
async function alignedTo(stored: AnnDataElements, rows: AnnData, options: ReadOptions): Promise<AnnDataElements> {
  await rows.resolve(options);
  const own = await indexOf(stored.var, options);
  const other = await indexOf(rows.elements.var, options);
  const same = own.length === other.length && own.every((name, i) => name === other[i]);
  const view = same ? rows : rows.select({ var: names(own) });
  await view.resolve(options);
  return view.elements;
}

async function indexOf(frame: LazyFrame, options: ReadOptions): Promise<string[]> {
  const { index } = await frame.readFrame([], undefined, options);
  if (index.kind === "strings") return index.values.map(String);
  throw new AtsError("UNSUPPORTED", `${frame.info.path} has an index of other things than names.`, {
    path: frame.info.path,
  });
}

async function appendElements(
  stored: AnnDataElements,
  more: AnnDataElements,
  options: AppendOptions,
): Promise<AnnDataElements> {
  const obsp = appendObsp(stored.obsp, more.obsp, options);
  const layers = await appendMap("layers", stored.layers, more.layers);
  const obsm = await appendMap("obsm", stored.obsm, more.obsm);
  const obs = await Promise.all([stored.obs, more.obs].map((frame) => frame.readFrame(undefined, undefined, options)));
  return {
    ...stored,
    shape: [stored.shape[0] + more.shape[0], stored.shape[1]],
    obs: lazyFromValue(concatValues("obs", ...(obs as unknown as [ArrayValue, ArrayValue])), "obs") as LazyFrame,
    X: appendX("X", stored.X, more.X),
    layers,
    obsm,
    obsp,
    raw: stored.raw && appendRaw(stored.raw, more.raw),
  };
}

type Elements = ReadonlyMap<string, LazyElement>;

function appendObsp(stored: Elements, more: Elements, { pairwise, onWarning }: AppendOptions): Elements {
  const [first] = stored.keys();
  if (first === undefined && !pairwise) return stored;
  if (pairwise === undefined) {
    const path = `obsp/${first}`;
    const what = `${path} has no values for new observations; append with pairwise: true, which takes those pairs as zero, or with pairwise: false, which leaves obsp out.`;
    throw new AtsError("UNSUPPORTED", what, { path });
  }
  if (!pairwise) {
    onWarning?.(`obsp is left out (${[...stored.keys()].join(", ")}): it has no values for new observations.`);
    return new Map();
  }
  return new Map(
    pairsOf("obsp", stored, more).map(([key, own, other]) => [key, appendPairs(own as LazyArray, other as LazyArray)]),
  );
}

function appendX(path: string, stored: AnnDataElements["X"], more: AnnDataElements["X"]): AnnDataElements["X"] {
  if (stored === null && more === null) return null;
  if (stored === null || more === null) throw onlyOne(path, stored === null);
  return appendRows(stored, more);
}

function appendRaw(stored: RawElements, more: RawElements | null): RawElements {
  if (more === null || more.var.length !== stored.var.length) throw onlyOne("raw", false);
  return { ...stored, X: appendX("raw/X", stored.X, more.X) };
}

async function appendMap(name: string, stored: Elements, more: Elements): Promise<Elements> {
  const appended = new Map<string, LazyElement>();
  for (const [key, element, other] of pairsOf(name, stored, more)) {
    const path = `${name}/${key}`;
    if (element.kind === "lazy-array" && other.kind === "lazy-array") appended.set(key, appendRows(element, other));
    else {
      const values = await Promise.all([element.read(), other.read()]);
      appended.set(key, lazyFromValue(concatValues(path, ...(values as [ArrayValue, ArrayValue])), path));
    }
  }
  return appended;
}

/** The elements of both by their keys, which are the same. */
function pairsOf(name: string, stored: Elements, more: Elements): [string, LazyElement, LazyElement][] {
  for (const key of more.keys()) if (!stored.has(key)) throw onlyOne(`${name}/${key}`, true);
  return [...stored].map(([key, element]) => {
    const other = more.get(key);
    if (other === undefined) throw onlyOne(`${name}/${key}`, false);
    return [key, element, other];
  });
}

function onlyOne(path: string, inRows: boolean): AtsError {
  const where = inRows
    ? "the new rows, but not in the store"
    : "the store, but not (or with other variables) in the new rows";
  return new AtsError("INVALID_ARGUMENT", `${path} is in ${where}; give both the same elements.`, { path });
}
