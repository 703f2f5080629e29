/** Makes Zarr stores file by file, so that tests can make what no writer would. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Files by their paths within a store; objects are written as JSON. */
export type Files = Readonly<Record<string, Uint8Array | string | object>>;

export function bytesOf(content: Uint8Array | string | object): Uint8Array {
  if (content instanceof Uint8Array) return content;
  return Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
}

export function writeFiles(folder: string, files: Files): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytesOf(content));
  }
  return folder;
}

/** The `.zarray` of six bytes in chunks of four, with changes. */
export function zarray(changes: object = {}): object {
  return {
    zarr_format: 2,
    shape: [6],
    chunks: [4],
    dtype: "|u1",
    compressor: null,
    fill_value: 9,
    order: "C",
    filters: null,
    ...changes,
  };
}

/** The same array's `zarr.json`. */
export function zarrJson(changes: object = {}): object {
  return {
    zarr_format: 3,
    node_type: "array",
    shape: [6],
    data_type: "uint8",
    chunk_grid: { name: "regular", configuration: { chunk_shape: [4] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: 9,
    codecs: [{ name: "bytes" }],
    attributes: {},
    ...changes,
  };
}

export const V2_GROUP = { zarr_format: 2 };
export const V3_GROUP = { zarr_format: 3, node_type: "group", attributes: {} };

/** A group with the array `a`, whose `.zarray` is `metadata`. */
export function v2(metadata: Uint8Array | string | object = zarray(), chunks: Files = {}): Files {
  return { ".zgroup": V2_GROUP, "a/.zarray": metadata, ...chunks };
}

/** A group with the array `a`, whose `zarr.json` is `metadata`. */
export function v3(metadata: Uint8Array | string | object = zarrJson(), chunks: Files = {}): Files {
  return { "zarr.json": V3_GROUP, "a/zarr.json": metadata, ...chunks };
}
