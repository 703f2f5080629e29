/** `raw`: a group, or the members `raw.X`, `raw.var` and `raw.varm` of the root, as old versions have it. */
import type { OpenContext } from "../encodings/define.js";
import { AtsError } from "../errors.js";
import type { GroupNode } from "../storage/types.js";
import { openMapping } from "./anndata-mapping.js";
import { openFrame, openMatrix } from "./anndata-parts.js";
import type { RawElements } from "./types.js";

/** The raw elements of the store, or null where it has none. */
export async function openRaw(root: GroupNode, context: OpenContext): Promise<RawElements | null> {
  const node = await root.get("raw");
  if (node?.kind === "group") return openParts(node, "", context);
  return (await root.keys()).includes("raw.X") ? openParts(root, "raw.", context) : null;
}

async function openParts(group: GroupNode, prefix: string, context: OpenContext): Promise<RawElements | null> {
  const [X, vars, varm] = await Promise.all([
    openMatrix(group, `${prefix}X`, context),
    group.get(`${prefix}var`),
    openMapping(group, `${prefix}varm`, context),
  ]);
  if (X === null && vars === undefined) return null;
  if (vars === undefined) {
    throw new AtsError("CORRUPT", "raw has a matrix but no data frame of its variables.", { path: "raw" });
  }
  return { X, var: await openFrame(vars, context), varm };
}
