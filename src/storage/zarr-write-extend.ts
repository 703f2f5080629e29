/** A Zarr array with more rows than the stored one: whole chunks are taken over unread. */
import { open } from "../tensorstore/open.js";
import type { TensorStore } from "../tensorstore/tensorstore.js";
import { parseStrictJson } from "./strict-json.js";
import type { ArrayNode, ExtendedArray } from "./types.js";
import { checkBlock } from "./zarr-write-array.js";
import { type JsonTree, zarrJson } from "./zarr-write-json.js";
import type { ZarrWriteSession } from "./zarr-write-session.js";

/** The file that has an array's shape, by version of Zarr. */
const METADATA = { 2: ".zarray", 3: "zarr.json" } as const;
const DRIVER = { 2: "zarr", 3: "zarr3" } as const;

/**
 * Makes the array at `path` with `length` rows, the first of which are those of `node`. Undefined where the session cannot take files over, or `node` is
 * of the other version of Zarr or holds no numbers.
 */
export async function extendZarrArray(
  path: string,
  node: ArrayNode,
  length: number,
  session: ZarrWriteSession,
): Promise<ExtendedArray | undefined> {
  const { sink, dialect } = session;
  const { raw, dtype, shape } = node;
  const grid = node.layout.shards ?? node.layout.chunks;
  const rows = grid?.[0];
  if (raw?.zarrFormat !== dialect.zarrFormat || sink.keep === undefined || rows === undefined) return undefined;
  if (typeof dtype !== "string" || dtype === "string") return undefined;
  const extended = [length, ...shape.slice(1)];
  const whole = Math.floor((shape[0] as number) / rows);
  for await (const file of raw.files()) {
    if (file.path === METADATA[raw.zarrFormat] || file.path === ".zattrs") {
      const metadata = parseStrictJson(await file.bytes(), `${node.path}/${file.path}`) as { [key: string]: JsonTree };
      if (file.path !== ".zattrs") metadata.shape = extended;
      await session.putAll(path, [[file.path, zarrJson(metadata)]]);
    } else if (rowOfChunk(file.path) < whole) await sink.keep(`${node.path}/${file.path}`, `${path}/${file.path}`);
  }
  let opened: Promise<TensorStore> | undefined;
  return {
    kept: whole * rows,
    writer: {
      path,
      shape: extended,
      chunks: grid as readonly number[],
      async write(origin, block, options) {
        checkBlock(path, extended, origin, block);
        if (block.shape.includes(0)) return;
        const spec = { driver: DRIVER[raw.zarrFormat], kvstore: sink.chunkStore(path) };
        opened ??= open(spec, { open: true, write: true, context: session.context });
        const box = block.shape.map((n, i) => ({ start: origin[i] as number, stop: (origin[i] as number) + n }));
        await (await opened).slice(...box).write(block as never);
        options?.signal?.throwIfAborted();
      },
    },
  };
}

/** The first index in the key of a chunk, such as `3.0`, `3/0`, `c/3/0` or `c.3.0`; infinite for another file. */
function rowOfChunk(key: string): number {
  const match = /^(?:c[./])?(\d+)(?:[./]\d+)*$/.exec(key);
  return match === null ? Number.POSITIVE_INFINITY : Number(match[1]);
}
