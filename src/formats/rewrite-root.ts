/** What rewrites of AnnData's own formats have in common: what is edited, and what beside the AnnData is taken over. */
import { AtsError } from "../errors.js";
import type { GroupNode, GroupWriter, ReadOptions } from "../storage/types.js";
import { openAnnDataGroup } from "./anndata-group.js";
import type { Edit, Edited, EditOptions } from "./edit.js";

/** The members of an AnnData's root group; what else lies there is somebody else's, and stays. */
const MEMBERS = new Set(["X", "obs", "var", "layers", "obsm", "varm", "obsp", "varp", "uns", "raw"]);

/**
 * What `edit` makes of the AnnData at `root`. `UNSUPPORTED` where it was written before anndata 0.8: its elements have no marks of their own, and some
 * of them refer to others.
 */
export async function editRoot(root: GroupNode, path: string, edit: Edit, options: EditOptions): Promise<Edited> {
  if (root.attributes["encoding-type"] !== "anndata") {
    const what = `${path} was written before anndata 0.8 and is not edited; convert it first (ats convert).`;
    throw new AtsError("UNSUPPORTED", what, { path });
  }
  return edit((await openAnnDataGroup(root, path, options)).elements);
}

/** Copies what lies beside the members of an AnnData; `UNSUPPORTED`, naming it, for what cannot be copied as it is stored. */
export async function copyOthers(root: GroupNode, writer: GroupWriter, { signal }: ReadOptions): Promise<void> {
  for (const name of await root.keys()) {
    const node = MEMBERS.has(name) ? undefined : await root.get(name);
    if (node === undefined || (await writer.copy?.(name, node, { signal }))) continue;
    throw new AtsError("UNSUPPORTED", `${name} cannot be taken over into the edited store; remove it first.`, {
      path: name,
    });
  }
}
