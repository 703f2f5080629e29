/** Reads a view into memory. */
import type { Frame } from "../elements/frame.js";
import type { MemoryArrayValue } from "../elements/memory.js";
import type { Dict, Value } from "../elements/values.js";
import type { AnnDataElements } from "../formats/types.js";
import { execute, type Plan } from "../plan/plan.js";
import type { ReadOptions } from "../storage/types.js";
import type { AxisName } from "./axis-view.js";
import { memoryElements, type RawValues } from "./memory-elements.js";
import { type Axes, MAP_NAMES, MAPS } from "./parts.js";
import { planReads } from "./read-plan.js";
import { chooseParts, type Wanted } from "./wanted.js";

/** Options of `load` and `explain`. */
export interface LoadOptions extends ReadOptions {
  /** The elements to read: `X`, `layers` (all of them), `layers/counts`, `obs/cell_type`, …; all where not given. */
  readonly elements?: readonly string[] | undefined;
}

/** Which axes the leading dimensions of the element at `path` lie along. */
function axesOf(path: string): readonly AxisName[] {
  const group = path.split("/", 1)[0] as string;
  if (group === "raw") return path === "raw/X" ? ["obs"] : [];
  if (group === "X") return ["obs", "var"];
  if (group === "obs" || group === "var") return [group];
  return group in MAPS ? MAPS[group as keyof typeof MAPS] : [];
}

/** The plan of reading the wanted parts of what `axes` select. */
export function requestsOf(wanted: Wanted, axes: Axes): Plan<Value> {
  return planReads(
    wanted.parts.map(({ path, element }) => ({
      path,
      element,
      selection: axesOf(path).map((axis) => axes[axis]),
      columns: path === "obs" || path === "var" ? wanted.columns[path] : undefined,
    })),
  );
}

/** Reads the wanted elements of what `axes` select of `elements`, and wraps them. */
export async function loadElements(
  elements: AnnDataElements,
  axes: Axes,
  { elements: names, signal }: LoadOptions,
): Promise<AnnDataElements> {
  const wanted = chooseParts(elements, names);
  const values = await execute(requestsOf(wanted, axes), { signal });
  return wrapLoaded(new Map(wanted.parts.map(({ path }, i) => [path, values[i] as Value])));
}

/** The elements of an AnnData in memory, from values by path. */
export function wrapLoaded(values: ReadonlyMap<string, Value>): AnnDataElements {
  const within = (group: string) =>
    new Map(
      [...values]
        .filter(([path]) => path.startsWith(`${group}/`))
        .map(([path, value]) => [path.slice(group.length + 1), value]),
    );
  const maps = Object.fromEntries(MAP_NAMES.map((name) => [name, within(name)]));
  const raw: RawValues | null = values.has("raw/var")
    ? {
        X: values.get("raw/X") as MemoryArrayValue | undefined,
        var: values.get("raw/var") as Frame,
        varm: within("raw/varm"),
      }
    : null;
  return memoryElements({
    X: values.get("X") as MemoryArrayValue | undefined,
    obs: values.get("obs") as Frame,
    var: values.get("var") as Frame,
    ...maps,
    uns: values.get("uns") as Dict | undefined,
    raw,
  });
}
