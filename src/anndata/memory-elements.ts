/** Values in memory as the elements of an AnnData, checked against its shape. */
import type { Frame } from "../elements/frame.js";
import { lazyFromValue, type MemoryArrayValue } from "../elements/memory.js";
import { type ArrayValue, type Dict, emptyDict, isArrayValue, type Value } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { AnnDataElements } from "../formats/types.js";
import type { AxisName } from "./axis-view.js";
import { MAP_NAMES, MAPS, type MapName } from "./parts.js";

/** The values of an AnnData. */
export interface AnnDataValues extends Partial<Readonly<Record<MapName, ReadonlyMap<string, Value>>>> {
  readonly X?: MemoryArrayValue | null | undefined;
  readonly obs: Frame;
  readonly var: Frame;
  readonly uns?: Dict | undefined;
  readonly raw?: RawValues | null | undefined;
}

/** The values of `raw`: its rows are those of obs, its columns are its own. */
export interface RawValues {
  readonly X?: MemoryArrayValue | null | undefined;
  readonly var: Frame;
  readonly varm?: ReadonlyMap<string, Value> | undefined;
}

/** Wraps values. `INVALID_ARGUMENT` names the element whose shape does not fit the tables. */
export function memoryElements(values: AnnDataValues): AnnDataElements {
  const lengths = { obs: values.obs.length, var: values.var.length };
  const maps = Object.fromEntries(
    MAP_NAMES.map((name) => [name, wrapMap(name, values[name], MAPS[name], lengths)]),
  ) as unknown as Pick<AnnDataElements, MapName>;
  const { raw } = values;
  return {
    shape: [lengths.obs, lengths.var],
    X: wrapX("X", values.X, lengths),
    obs: lazyFromValue(values.obs, "obs"),
    var: lazyFromValue(values.var, "var"),
    ...maps,
    uns: lazyFromValue(values.uns ?? emptyDict(), "uns"),
    raw: raw ? wrapRaw(raw, lengths.obs) : null,
  };
}

type Lengths = Readonly<Record<AxisName, number>>;

function wrapRaw(raw: RawValues, nObs: number): NonNullable<AnnDataElements["raw"]> {
  const lengths = { obs: nObs, var: raw.var.length };
  return {
    X: wrapX("raw/X", raw.X, lengths),
    var: lazyFromValue(raw.var, "raw/var"),
    varm: wrapMap("raw/varm", raw.varm, MAPS.varm, lengths),
  };
}

function wrapX(path: string, X: MemoryArrayValue | null | undefined, lengths: Lengths) {
  if (X === null || X === undefined) return null;
  if (X.shape.length !== 2) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `${path} has ${X.shape.length} dimensions; pass a matrix of n_obs × n_vars.`,
      {
        path,
      },
    );
  }
  checkAligned(path, X, ["obs", "var"], lengths);
  return lazyFromValue(X, path);
}

function wrapMap(
  name: string,
  map: ReadonlyMap<string, Value> | undefined,
  along: readonly AxisName[],
  lengths: Lengths,
) {
  return new Map(
    [...(map ?? [])].map(([key, value]) => {
      if (isArrayValue(value)) checkAligned(`${name}/${key}`, value, along, lengths);
      return [key, lazyFromValue(value, `${name}/${key}`)];
    }),
  );
}

function checkAligned(path: string, value: ArrayValue, along: readonly AxisName[], lengths: Lengths): void {
  const shape = value.kind === "frame" ? [value.length] : value.shape;
  along.forEach((axis, d) => {
    // A table in obsm has no second axis to compare.
    if (d >= shape.length && value.kind === "frame") return;
    if (shape[d] === lengths[axis]) return;
    const wanted = along.map((name) => lengths[name]).join(" × ");
    throw new AtsError(
      "INVALID_ARGUMENT",
      `${path} has the shape [${shape.join(", ")}], which does not fit ${wanted} (${along.join(" × ")}).`,
      { path },
    );
  });
}
