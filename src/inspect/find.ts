/** Finds an element by the path that `ats info` prints. */
import { listParts } from "../anndata/parts.js";
import type { LazyElement, LazyFrame } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { AnnDataElements } from "../formats/types.js";

/** What a path names: an element, or one column of a data frame. */
export interface Found {
  readonly element: LazyElement;
  /** The column of `element`, which is then a data frame. */
  readonly column: string | null;
  /** The frames that name its rows and columns, where it is aligned to an axis. */
  readonly rows: LazyFrame | null;
  readonly columns: LazyFrame | null;
}

/**
 * Finds `path`, such as `X`, `obs`, `obs/cell_type`, `layers/counts`, `raw/X` or `uns/neighbors/params`. Keys may hold slashes: the longest
 * key that fits wins. `NOT_FOUND`, with the paths that there are, where nothing has that name.
 */
export async function find(elements: AnnDataElements, path: string): Promise<Found> {
  const known: string[] = [];
  for (const { path: prefix, element } of listParts(elements)) {
    known.push(prefix);
    if (path !== prefix && !path.startsWith(`${prefix}/`)) continue;
    const found = await descend(element, path.slice(prefix.length + 1));
    if (found !== null) return { ...found, ...axesOf(elements, prefix) };
  }
  throw new AtsError("NOT_FOUND", `There is no element "${path}"; there are ${known.join(", ")}.`, { path });
}

async function descend(element: LazyElement, rest: string): Promise<Pick<Found, "element" | "column"> | null> {
  if (rest === "") return { element, column: null };
  if (element.kind === "lazy-frame") return element.columnNames.includes(rest) ? { element, column: rest } : null;
  if (element.kind !== "lazy-dict") return null;
  const keys = [...(await element.keys())].filter((key) => rest === key || rest.startsWith(`${key}/`));
  for (const key of keys.sort((a, b) => b.length - a.length)) {
    const child = await element.get(key);
    const found = child === undefined ? null : await descend(child, rest.slice(key.length + 1));
    if (found !== null) return found;
  }
  return null;
}

function axesOf(elements: AnnDataElements, prefix: string): Pick<Found, "rows" | "columns"> {
  const { obs, var: vars } = elements;
  const group = prefix.includes("/") ? prefix.slice(0, prefix.indexOf("/")) : prefix;
  switch (group) {
    case "X":
    case "layers":
      return { rows: obs, columns: vars };
    case "obsm":
      return { rows: obs, columns: null };
    case "varm":
      return { rows: vars, columns: null };
    case "obsp":
      return { rows: obs, columns: obs };
    case "varp":
      return { rows: vars, columns: vars };
    case "raw":
      return prefix === "raw/X" ? { rows: obs, columns: elements.raw?.var ?? null } : { rows: null, columns: null };
    default:
      return { rows: null, columns: null };
  }
}
