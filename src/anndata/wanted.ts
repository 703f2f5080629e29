/** Which elements a caller asks for: `X`, `layers` (all of them), `layers/counts`, `obs/cell_type`. */

import { AtsError } from "../errors.js";
import type { AnnDataElements } from "../formats/types.js";
import { suggestion } from "../selection/near.js";
import type { AxisName } from "./axis-view.js";
import { listParts, type Part } from "./parts.js";

/** Elements to read, and of the tables which columns. */
export interface Wanted {
  readonly parts: readonly Part[];
  /** The columns of a table; undefined means all. */
  readonly columns: Readonly<Record<AxisName, readonly string[] | undefined>>;
}

/**
 * The elements that `names` ask for, all where it is undefined. The tables are always among them, at least with their index. `NOT_FOUND`
 * for a name that fits nothing.
 */
export function chooseParts(elements: AnnDataElements, names: readonly string[] | undefined): Wanted {
  const all = listParts(elements);
  if (names === undefined) return { parts: all, columns: { obs: undefined, var: undefined } };
  const known = [...all.map((part) => part.path), ...tableColumns(elements, "obs"), ...tableColumns(elements, "var")];
  for (const name of names) {
    if (known.some((path) => path === name || path.startsWith(`${name}/`)) || GROUPS.has(name)) continue;
    throw new AtsError("NOT_FOUND", `There is no element ${JSON.stringify(name)}${suggestion(name, known)}.`, {
      path: name,
    });
  }
  const asked = ({ path }: Part): boolean =>
    path === "obs" || path === "var" || names.some((name) => path === name || path.startsWith(`${name}/`));
  return { parts: all.filter(asked), columns: { obs: columnsOf("obs", names), var: columnsOf("var", names) } };
}

/** Groups that may be asked for where they are empty. */
const GROUPS = new Set(["X", "obs", "var", "layers", "obsm", "varm", "obsp", "varp", "uns", "raw"]);

function tableColumns(elements: AnnDataElements, axis: AxisName): string[] {
  return elements[axis].columnNames.map((name) => `${axis}/${name}`);
}

function columnsOf(axis: AxisName, names: readonly string[]): readonly string[] | undefined {
  if (names.includes(axis)) return undefined;
  return names.filter((name) => name.startsWith(`${axis}/`)).map((name) => name.slice(axis.length + 1));
}
