/** `raw`: a group, or the members `raw.X`, `raw.var` and `raw.varm` of the root, as old versions have it. */
import type { OpenContext } from "../encodings/define.js";
import { AtsError } from "../errors.js";
import { together } from "../storage/together.js";
import type { GroupNode, StoredNode } from "../storage/types.js";
import { openMapping } from "./anndata-mapping.js";
import { openFrame, openMatrix } from "./anndata-parts.js";
import type { RawElements } from "./types.js";

/** The raw elements of the store, whose member `raw` is `node`; null where it has none. */
export async function openRaw(
  root: GroupNode,
  node: StoredNode | undefined,
  context: OpenContext,
): Promise<RawElements | null> {
  if (node?.kind === "group") return openParts(node, "", context);
  return (await root.keys()).includes("raw.X") ? openParts(root, "raw.", context) : null;
}

async function openParts(group: GroupNode, prefix: string, context: OpenContext): Promise<RawElements | null> {
  const [matrix, vars, varm] = await together(
    group.get(`${prefix}X`),
    group.get(`${prefix}var`),
    group.get(`${prefix}varm`),
  );
  if (vars === undefined) {
    if ((await openMatrix(matrix, context)) === null) return null;
    throw new AtsError("CORRUPT", "raw has a matrix but no data frame of its variables.", { path: "raw" });
  }
  const [X, frame, mapping] = await together(
    openMatrix(matrix, context),
    openFrame(vars, context),
    openMapping(varm, context),
  );
  return { X, var: frame, varm: mapping };
}
