/** Schemas: what is asked of an array, or known of one, apart from where it is stored. */
import type { DType, TypedArray } from "../dtype.js";
import type { IndexDomain } from "./domain.js";
import type { ElementType } from "./element-type.js";
import type { Json } from "./json.js";

/** How an array is cut into chunks. Shapes are in elements. */
export interface ChunkLayout {
  /** The unit of reading: a chunk, or an inner chunk of a shard. */
  readonly readChunk?: readonly number[] | undefined;
  /** The unit of writing: a chunk, or a whole shard. */
  readonly writeChunk?: readonly number[] | undefined;
  /** The unit of the codec, where that is smaller still. */
  readonly codecChunk?: readonly number[] | undefined;
  /** Dimensions from the slowest to the fastest within a chunk. */
  readonly innerOrder?: readonly number[] | undefined;
  /** Where the chunk grid begins. */
  readonly gridOrigin?: readonly number[] | undefined;
}

/** A codec as TensorStore writes it: `driver` and the settings of that driver. */
export interface CodecSpec {
  readonly driver: string;
  readonly [setting: string]: Json | undefined;
}

/** Base unit and multiplier, such as `[4, "nm"]`. */
export type DimensionUnit = readonly [multiplier: number, baseUnit: string];

/** What may be asked of an array when it is opened or created. */
export interface Schema<E extends ElementType = ElementType> {
  readonly dtype?: E | undefined;
  readonly rank?: number | undefined;
  /** The domain from zero; or `domain`. */
  readonly shape?: readonly number[] | undefined;
  readonly domain?: IndexDomain | undefined;
  /** Names of the dimensions, with `shape`. */
  readonly labels?: readonly string[] | undefined;
  readonly chunkLayout?: ChunkLayout | undefined;
  readonly codec?: CodecSpec | undefined;
  /** One value, or a typed array that broadcasts to the domain. */
  readonly fillValue?: number | bigint | boolean | string | TypedArray | undefined;
  readonly dimensionUnits?: readonly (DimensionUnit | string | null)[] | undefined;
}

/** A schema in TensorStore's JSON form; null where nothing is asked. */
export function schemaToJson(schema: Schema): Record<string, unknown> | null {
  const json: Record<string, unknown> = {
    dtype: schema.dtype,
    rank: schema.rank,
    domain: schema.domain ?? shapeToJson(schema),
    chunk_layout: schema.chunkLayout && layoutToJson(schema.chunkLayout),
    codec: schema.codec,
    fill_value: schema.fillValue,
    dimension_units: schema.dimensionUnits,
  };
  return Object.values(json).every((value) => value === undefined) ? null : json;
}

function shapeToJson({ shape, labels }: Schema): Record<string, unknown> | undefined {
  if (shape === undefined) return labels && { labels };
  return { shape, labels };
}

function layoutToJson(layout: ChunkLayout): Record<string, unknown> {
  const chunk = (shape: readonly number[] | undefined) => shape && { shape };
  return {
    grid_origin: layout.gridOrigin,
    inner_order: layout.innerOrder,
    read_chunk: chunk(layout.readChunk),
    write_chunk: chunk(layout.writeChunk),
    codec_chunk: chunk(layout.codecChunk),
  };
}

interface ChunkJson {
  readonly shape?: number[];
}

interface LayoutJson {
  readonly grid_origin?: number[];
  readonly inner_order?: number[];
  readonly chunk?: ChunkJson;
  readonly read_chunk?: ChunkJson;
  readonly write_chunk?: ChunkJson;
  readonly codec_chunk?: ChunkJson;
}

/** A chunk layout from TensorStore's JSON form, which writes read and write chunks of one shape as `chunk`. */
export function layoutFromJson(json: LayoutJson): ChunkLayout {
  return {
    readChunk: json.read_chunk?.shape ?? json.chunk?.shape,
    writeChunk: json.write_chunk?.shape ?? json.chunk?.shape,
    codecChunk: json.codec_chunk?.shape,
    innerOrder: json.inner_order,
    gridOrigin: json.grid_origin,
  };
}

interface SchemaJson {
  readonly dtype?: ElementType;
  readonly rank?: number;
  readonly domain?: {
    readonly inclusive_min?: unknown[];
    readonly exclusive_max?: unknown[];
    readonly labels?: string[];
  };
  readonly chunk_layout?: LayoutJson;
  readonly codec?: CodecSpec;
  readonly fill_value?: Json;
  readonly dimension_units?: (DimensionUnit | null)[];
}

/** A schema from TensorStore's JSON form. The domain, which JSON writes in several ways, is added by the caller. */
export function schemaFromJson(text: string, domain: IndexDomain | undefined): Schema {
  const json = JSON.parse(text) as SchemaJson;
  return {
    dtype: json.dtype as DType | undefined,
    rank: json.rank,
    domain,
    chunkLayout: json.chunk_layout && layoutFromJson(json.chunk_layout),
    codec: json.codec,
    fillValue: json.fill_value as Schema["fillValue"],
    dimensionUnits: json.dimension_units,
  };
}
