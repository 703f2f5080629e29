/** Copies nodes of another Zarr store bit for bit. */
import { AtsError } from "../errors.js";
import type { ReadOptions, StoredNode } from "./types.js";
import type { ZarrWriteSession } from "./zarr-write-session.js";

/**
 * Copies every file of `node` to `path`, metadata first come, first copied; false where the node is not of this version of Zarr. `UNSAFE_PATH` for a
 * file that would lie elsewhere; what the source and the sink throw.
 */
export async function copyNode(
  path: string,
  node: StoredNode,
  session: ZarrWriteSession,
  options: ReadOptions = {},
): Promise<boolean> {
  const raw = node.kind === "table" ? undefined : node.raw;
  if (raw?.zarrFormat !== session.dialect.zarrFormat) return false;
  for await (const file of raw.files(options)) {
    options.signal?.throwIfAborted();
    const parts = file.path.split("/");
    if (parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\\"))) {
      throw new AtsError("UNSAFE_PATH", `${node.path} has a file ${JSON.stringify(file.path)}, which is not copied.`, {
        path: node.path,
      });
    }
    const name = parts.pop() as string;
    const describes = name.startsWith(".z") || name === "zarr.json";
    if (!describes && (await session.sink.keep?.(`${node.path}/${file.path}`, `${path}/${file.path}`))) continue;
    const bytes = await file.bytes();
    await session.sink.put(`${path}/${file.path}`, bytes);
    if (describes) session.noteMetadata([path, ...parts].join("/"), name, Buffer.from(bytes).toString("utf8"));
  }
  return true;
}
