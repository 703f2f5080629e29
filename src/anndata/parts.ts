/** The parts of an AnnData: their names, the axes they lie along, and how a selection of the axes selects in them. */
import type { LazyElement } from "../elements/lazy.js";
import { selectElement } from "../elements/select.js";
import type { AnnDataElements } from "../formats/types.js";
import type { AxisSelection } from "../selection/axis.js";
import type { AxisName } from "./axis-view.js";

/** The maps of an AnnData, in the order in which Python prints them, with the axes of their members' leading dimensions. */
export const MAPS = {
  obsm: ["obs"],
  varm: ["var"],
  layers: ["obs", "var"],
  obsp: ["obs", "obs"],
  varp: ["var", "var"],
} as const satisfies Record<string, readonly AxisName[]>;

export type MapName = keyof typeof MAPS;
export const MAP_NAMES = Object.keys(MAPS) as readonly MapName[];

/** What is selected of both axes. */
export type Axes = Readonly<Record<AxisName, AxisSelection | undefined>>;

/** The elements of a view: the selection of its axes composed into each; `raw` follows obs. */
export function selectElements(elements: AnnDataElements, axes: Axes): AnnDataElements {
  const along = (...names: readonly AxisName[]) => names.map((name) => axes[name]);
  const map = (name: MapName) => selectMap(elements[name], along(...MAPS[name]));
  const { X, raw } = elements;
  return {
    shape: [axes.obs?.count ?? elements.shape[0], axes.var?.count ?? elements.shape[1]],
    X: X && selectElement(X, along("obs", "var")),
    obs: selectElement(elements.obs, along("obs")),
    var: selectElement(elements.var, along("var")),
    layers: map("layers"),
    obsm: map("obsm"),
    varm: map("varm"),
    obsp: map("obsp"),
    varp: map("varp"),
    uns: elements.uns,
    raw: raw && { X: raw.X && selectElement(raw.X, along("obs")), var: raw.var, varm: raw.varm },
  };
}

function selectMap(
  map: ReadonlyMap<string, LazyElement>,
  selection: readonly (AxisSelection | undefined)[],
): ReadonlyMap<string, LazyElement> {
  return new Map([...map].map(([key, element]) => [key, selectElement(element, selection)]));
}

/** One element and where it is, such as `layers/counts`. */
export interface Part {
  readonly path: string;
  readonly element: LazyElement;
}

/** Every element, X and the tables first. */
export function listParts(elements: AnnDataElements): Part[] {
  const { X, obs, var: variables, raw, uns } = elements;
  const parts: (Part | null)[] = [
    X && { path: "X", element: X },
    { path: "obs", element: obs },
    { path: "var", element: variables },
    ...MAP_NAMES.flatMap((name) => listMap(name, elements[name])),
    { path: "uns", element: uns },
  ];
  if (raw !== null) {
    parts.push(raw.X && { path: "raw/X", element: raw.X }, { path: "raw/var", element: raw.var });
    parts.push(...listMap("raw/varm", raw.varm));
  }
  return parts.filter((part) => part !== null);
}

function listMap(name: string, map: ReadonlyMap<string, LazyElement>): Part[] {
  return [...map].map(([key, element]) => ({ path: `${name}/${key}`, element }));
}
