/** What encodings say of their elements. */
import type { ElementInfo } from "../elements/lazy.js";
import type { ArrayNode, StoredDType, StoredNode } from "../storage/types.js";

/** The name of an element type, as `info` prints it. */
export function dtypeName(dtype: StoredDType): string {
  return typeof dtype === "string" ? dtype : "records";
}

/** The description of what `node` holds as `encoding`; `facts` are what that encoding knows besides. */
export function infoOf(
  node: StoredNode,
  encoding: string,
  version: string,
  facts: Partial<Pick<ElementInfo, "dtype" | "shape" | "layout" | "nnz">> = {},
): ElementInfo {
  return {
    path: node.path,
    encoding,
    encodingVersion: version,
    dtype: null,
    shape: null,
    layout: null,
    nnz: null,
    ...facts,
  };
}

/** The description of an element that is one array. */
export function arrayInfo(node: ArrayNode, encoding: string, version: string): ElementInfo {
  return infoOf(node, encoding, version, {
    dtype: dtypeName(node.dtype),
    shape: node.shape,
    layout: node.layout,
  });
}

/** The sum of bytes on disk; undefined where one of them is not known. */
export async function sumBytes(sizes: Iterable<Promise<number | undefined> | undefined>): Promise<number | undefined> {
  const all = await Promise.all(sizes);
  return all.includes(undefined) ? undefined : all.reduce<number>((total, size) => total + (size ?? 0), 0);
}
