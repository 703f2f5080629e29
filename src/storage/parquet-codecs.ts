/** Decompression of Parquet's pages. */
import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { AtsError } from "../errors.js";
import { decodeLz4Block } from "./lz4.js";
import { decodeSnappy } from "./snappy.js";
import { decodeZstd } from "./zstd.js";

/** Codecs by their number in the format; those that are missing here are left to parquet-wasm. */
export const CODEC = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, BROTLI: 4, ZSTD: 6, LZ4_RAW: 7 } as const;

/** No page is larger, and beyond {@link PLAUSIBLE} only where its compressed size makes that possible. */
const MAX_PAGE = 1 << 30;
const PLAUSIBLE = 64 << 20;
const MAX_RATIO = 2048;

type Decoder = (input: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const gunzip = promisify(zlib.gunzip) as Decoder;
const brotli = promisify(zlib.brotliDecompress) as Decoder;
/** Node has zstd from 22.15 on. */
const zstdDecompress = (zlib as unknown as Record<string, unknown>).zstdDecompress;
const zstd: Decoder =
  typeof zstdDecompress === "function"
    ? (promisify(zstdDecompress as typeof zlib.gunzip) as Decoder)
    : (input, { maxOutputLength }) => decodeZstd(input, maxOutputLength);

/** Whether `codec` is decoded here. */
export function hasCodec(codec: number): boolean {
  return (Object.values(CODEC) as number[]).includes(codec);
}

/** Refuses page sizes that no real page has: `CORRUPT` for a negative one, `LIMIT_EXCEEDED` for an absurd one. */
export function checkPageSize(compressed: number, size: number, path: string): void {
  if (size < 0 || compressed < 0) throw new AtsError("CORRUPT", `${path} has a page of negative size.`, { path });
  if (size > MAX_PAGE || (size > PLAUSIBLE && size > compressed * MAX_RATIO)) {
    throw new AtsError(
      "LIMIT_EXCEEDED",
      `${path} has a page that claims ${size} bytes; its ${compressed} stored bytes cannot hold that.`,
      {
        path,
      },
    );
  }
}

/** The `size` bytes that `input` decodes to; `CORRUPT` where it decodes to fewer, more or nothing. */
export async function decompress(codec: number, input: Uint8Array, size: number, path: string): Promise<Uint8Array> {
  if (codec === CODEC.SNAPPY) return decodeSnappy(input, size, path);
  if (codec === CODEC.LZ4_RAW) return decodeLz4Block(input, size, path);
  if (size === 0) return new Uint8Array(0);
  const output = codec === CODEC.UNCOMPRESSED ? input : await inflate(codec, input, size, path);
  if (output.length === size) return output;
  throw new AtsError("CORRUPT", `${path} has a page of ${output.length} bytes instead of ${size}.`, { path });
}

async function inflate(codec: number, input: Uint8Array, size: number, path: string): Promise<Uint8Array> {
  const decode = codec === CODEC.GZIP ? gunzip : codec === CODEC.BROTLI ? brotli : zstd;
  try {
    return await decode(input, { maxOutputLength: size });
  } catch (cause) {
    throw new AtsError("CORRUPT", `${path} has a damaged page.`, { path, cause });
  }
}
