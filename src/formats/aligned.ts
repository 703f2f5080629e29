/** Whether the elements of an AnnData have the lengths that they share. */
import type { LazyElement } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { AnnDataElements } from "./types.js";

/** Checks every element against the axes; `CORRUPT` naming the first that is not aligned. `location` is the store. */
export function checkAligned(elements: AnnDataElements, location: string): void {
  const { obs, var: vars, raw } = elements;
  const [n, m] = [obs.length, vars.length];
  const check = (path: string, element: LazyElement | null, ...extents: readonly number[]) => {
    const shape = element !== null && "shape" in element ? element.shape : null;
    if (shape === null || extents.every((extent, axis) => shape[axis] === extent)) return;
    throw new AtsError(
      "CORRUPT",
      `${location}: ${path} has the shape [${shape.join(", ")}] in an AnnData of ${n} observations and ${m} variables.`,
      { path },
    );
  };
  const checkAll = (name: string, members: ReadonlyMap<string, LazyElement>, ...extents: readonly number[]) => {
    for (const [key, element] of members) check(`${name}/${key}`, element, ...extents);
  };
  check("X", elements.X, n, m);
  checkAll("layers", elements.layers, n, m);
  checkAll("obsm", elements.obsm, n);
  checkAll("varm", elements.varm, m);
  checkAll("obsp", elements.obsp, n, n);
  checkAll("varp", elements.varp, m, m);
  if (raw === null) return;
  check("raw/X", raw.X, n, raw.var.length);
  checkAll("raw/varm", raw.varm, raw.var.length);
}
