/**
 * The codecs of Zarr version 3 (core specification, "Codecs", and the extensions that zarr-python writes): checked, and rebuilt for TensorStore without
 * the settings that only writers need.
 */

import { AtsError } from "../errors.js";
import type { JsonObject, JsonValue } from "./strict-json.js";
import {
  corrupt,
  extentsOf,
  type MetadataLimits,
  objectOf,
  type ShardIndex,
  show,
  type TextCodec,
  unsupported,
  type ZarrElement,
} from "./zarr-metadata.js";

/** A chain of codecs, of whole chunks or of those within a shard. */
export interface CodecChain {
  /** For TensorStore. */
  readonly rebuilt: JsonValue;
  /** Of the codec that compresses, as `info` prints it. */
  readonly codec: string | null;
  readonly text: TextCodec;
  /** Extents of the chunks within a shard, and the shard's index; null where the chain has none. */
  readonly inner: readonly number[] | null;
  readonly index: ShardIndex | null;
}

interface Codec {
  readonly name: string;
  readonly configuration: JsonObject;
}

/** Bytes of one entry of a shard's index, and of a checksum behind it. */
const INDEX_ENTRY = 16;
const CHECKSUM = 4;

/** numcodecs' names of codecs that write the same bytes as one of the specification. */
const ALIASES: Readonly<Record<string, string>> = {
  "numcodecs.blosc": "blosc",
  "numcodecs.gzip": "gzip",
  "numcodecs.zstd": "zstd",
};

/** Codecs from bytes to bytes, as TensorStore must see them to decode: levels and block sizes are for writers. */
const BYTES_TO_BYTES: Readonly<Record<string, (configuration: JsonObject) => JsonObject | undefined>> = {
  gzip: () => ({ level: 5 }),
  zstd: () => ({ level: 1 }),
  crc32c: () => undefined,
  blosc: () => ({ cname: "lz4", clevel: 5, shuffle: "noshuffle", typesize: 1, blocksize: 0 }),
};

/**
 * The chain `value` for chunks of `chunks`. `CORRUPT` where it is none, `UNSUPPORTED` for codecs that are not read, `LIMIT_EXCEEDED` for a
 * shard with too many chunks.
 */
export function parseCodecs(
  value: JsonValue | undefined,
  element: ZarrElement,
  chunks: readonly number[],
  path: string,
  limits: MetadataLimits,
): CodecChain {
  const list = listOf(value, path);
  const only = list[0];
  if (only?.name === "sharding_indexed" && list.length === 1) {
    return parseSharding(only.configuration, element, chunks, path, limits);
  }
  return parseChain(list, element, chunks.length, path);
}

function listOf(value: JsonValue | undefined, path: string): Codec[] {
  if (!Array.isArray(value) || value.length === 0) throw corrupt(path, "has no codecs");
  return value.map((entry) => {
    if (typeof entry === "string") return { name: entry, configuration: {} };
    const { name, configuration } = objectOf(entry, path, () => `has the codec ${show(entry)}`);
    if (typeof name !== "string") throw corrupt(path, "has a codec without a name");
    const settings = configuration === undefined || configuration === null ? {} : configuration;
    return { name, configuration: objectOf(settings, path, () => `has the codec ${show(entry)}`) };
  });
}

/** A chain without shards: at most one transposition, one codec from values to bytes, any number from bytes to bytes. */
function parseChain(list: readonly Codec[], element: ZarrElement, rank: number, path: string): CodecChain {
  const rest = [...list];
  const transposed = rest[0]?.name === "transpose" ? orderOf((rest.shift() as Codec).configuration, rank, path) : null;
  const serializer = serialize(rest.shift(), element, path);
  const codecs: JsonObject[] = rest.map((codec) => bytesToBytes(codec, path));
  const packing = rest.filter(({ name }) => name !== "crc32c").map(packingName);
  const order: JsonObject[] = transposed === null ? [] : [{ name: "transpose", configuration: { order: transposed } }];
  return {
    rebuilt: [...order, serializer, ...codecs],
    codec: packing.length === 0 ? null : packing.join("+"),
    text: { order: transposed, codecs, fill: "" },
    inner: null,
    index: null,
  };
}

function orderOf({ order }: JsonObject, rank: number, path: string): number[] | null {
  const axes = Array.from({ length: rank }, (_, i) => i);
  if (order === "C") return null;
  if (order === "F") return axes.reverse();
  if (Array.isArray(order) && order.length === rank && axes.every((axis) => order.includes(axis))) {
    return order as number[];
  }
  throw corrupt(path, `has a transposition by ${show(order)}`);
}

/** The codec from values to bytes; text of variable length has its own. */
function serialize(codec: Codec | undefined, element: ZarrElement, path: string): JsonObject {
  if (codec === undefined) throw corrupt(path, "has no codec from values to bytes");
  const { name, configuration } = codec;
  const wanted = element.kind === "text" && !("bytes" in element.text) ? element.text.kind : "bytes";
  if (name === wanted && wanted !== "bytes") return { name };
  if (name !== wanted) throw unsupported(path, `has the codec ${show(name)} where ${wanted} is read`);
  const { endian = "little" } = configuration;
  if (endian !== "little" && endian !== "big") throw corrupt(path, `has the byte order ${show(endian)}`);
  return { name, configuration: { endian } };
}

function bytesToBytes({ name, configuration }: Codec, path: string): JsonObject {
  const known = ALIASES[name] ?? name;
  const settings = Object.hasOwn(BYTES_TO_BYTES, known) ? BYTES_TO_BYTES[known] : undefined;
  if (settings === undefined)
    throw unsupported(path, `uses the codec ${show(name)}; blosc, gzip, zstd and crc32c are read`);
  const rebuilt = settings(configuration);
  return rebuilt === undefined ? { name: known } : { name: known, configuration: rebuilt };
}

function packingName({ name, configuration }: Codec): string {
  const known = ALIASES[name] ?? name;
  return known === "blosc" && typeof configuration.cname === "string" ? `blosc-${configuration.cname}` : known;
}

function parseSharding(
  configuration: JsonObject,
  element: ZarrElement,
  shard: readonly number[],
  path: string,
  { maxMetadataBytes }: MetadataLimits,
): CodecChain {
  const inner = extentsOf(configuration.chunk_shape, path, "chunks within shards", 1);
  if (inner.length !== shard.length || inner.some((extent, i) => (shard[i] as number) % extent !== 0)) {
    throw corrupt(path, `has shards of [${shard}] that chunks of [${inner}] do not divide`);
  }
  const bytes = inner.reduce((entries, extent, i) => (entries * (shard[i] as number)) / extent, INDEX_ENTRY);
  if (bytes > maxMetadataBytes) {
    throw new AtsError(
      "LIMIT_EXCEEDED",
      `${path}: the index of one shard has ${bytes} bytes; raise maxMetadataBytes.`,
      { path },
    );
  }
  const { index_location: location = "end" } = configuration;
  if (location !== "start" && location !== "end") throw corrupt(path, `has shards with an index at ${show(location)}`);
  const index = parseIndexCodecs(configuration.index_codecs, path);
  const chain = parseChain(listOf(configuration.codecs, path), element, shard.length, path);
  return {
    ...chain,
    rebuilt: [
      {
        name: "sharding_indexed",
        configuration: {
          chunk_shape: inner,
          codecs: chain.rebuilt,
          index_codecs: [...index.codecs],
          index_location: location,
        },
      },
    ],
    inner,
    index: {
      codecs: index.codecs,
      endian: index.endian,
      location,
      bytes: bytes + CHECKSUM * (index.codecs.length - 1),
    },
  };
}

/** An index has one length: bytes, and at most a checksum. */
function parseIndexCodecs(value: JsonValue | undefined, path: string): Pick<ShardIndex, "codecs" | "endian"> {
  const [first, ...rest] = listOf(value, path);
  const plain = first?.name === "bytes" && rest.every(({ name }) => name === "crc32c");
  if (!plain) throw unsupported(path, "has shards with an index that is not read; bytes and crc32c are");
  const { endian = "little" } = (first as Codec).configuration;
  if (endian !== "little" && endian !== "big") throw corrupt(path, `has the byte order ${show(endian)}`);
  return { codecs: [{ name: "bytes", configuration: { endian } }, ...rest.map(({ name }) => ({ name }))], endian };
}
