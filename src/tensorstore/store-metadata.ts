/** What is known of a store without reading its data. */
import { isDType, viewAs } from "../dtype.js";
import { DenseArray, sizeOf } from "../elements/dense.js";
import { StringArray } from "../elements/strings.js";
import type { NativeTensorStore } from "../native/addon.js";
import { IndexDomain } from "./domain.js";
import type { ElementType, ReadResult } from "./element-type.js";
import {
  type ChunkLayout,
  type CodecSpec,
  type DimensionUnit,
  layoutFromJson,
  type Schema,
  schemaFromJson,
} from "./schema.js";

/** The fill value; undefined where the store has none. */
export function fillValueOf<E extends ElementType>(handle: NativeTensorStore, dtype: E): ReadResult<E> | undefined {
  const fill = handle.fillValue();
  if (fill === null) return undefined;
  return (fill.bytes === undefined
    ? textArray(dtype, fill.shape, fill.values ?? [])
    : numberArray(dtype, fill.shape, fill.bytes)) as unknown as ReadResult<E>;
}

function numberArray(dtype: string, shape: number[], bytes: Uint8Array): DenseArray | undefined {
  if (!isDType(dtype)) return undefined;
  return new DenseArray(dtype, shape, viewAs(dtype, bytes.buffer, bytes.byteOffset, sizeOf(shape)));
}

/** Strings as they came, JSON values parsed. */
export function textArray(dtype: string, shape: readonly number[], values: string[]): ReadResult<"string" | "json"> {
  if (dtype !== "json") return new StringArray(values, shape);
  return { kind: "json", shape, values: values.map((text) => JSON.parse(text) as unknown) };
}

/** The chunk layout. */
export function chunkLayoutOf(handle: NativeTensorStore): ChunkLayout {
  return layoutFromJson(JSON.parse(handle.chunkLayout()));
}

/** The codec; undefined for a driver without one. */
export function codecOf(handle: NativeTensorStore): CodecSpec | undefined {
  const codec = handle.codec();
  return codec === null ? undefined : (JSON.parse(codec) as CodecSpec);
}

/** The unit of each dimension, null where it has none. */
export function dimensionUnitsOf(handle: NativeTensorStore): (DimensionUnit | null)[] {
  return JSON.parse(handle.dimensionUnits()) as (DimensionUnit | null)[];
}

/** The schema with its domain. */
export function schemaOf(handle: NativeTensorStore): Schema {
  return schemaFromJson(handle.schema(), IndexDomain.fromNative(handle.domain()));
}
