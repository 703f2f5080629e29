/** Which node of an AnnData store is where: the members of its root group, today's and those of old versions. */

import type { LazyDict } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { emptyDict } from "../elements/values.js";
import type { OpenContext } from "../encodings/define.js";
import { openContext } from "../encodings/registry.js";
import { AtsError } from "../errors.js";
import { together } from "../storage/together.js";
import type { GroupNode } from "../storage/types.js";
import { checkAligned } from "./aligned.js";
import { openMapping } from "./anndata-mapping.js";
import { openFrame, openMatrix } from "./anndata-parts.js";
import { openRaw } from "./anndata-raw.js";
import { withOldCategories } from "./old-categories.js";
import { withoutAdjacency } from "./old-neighbors.js";
import type { AnnDataElements, OpenOptions } from "./types.js";

/** The elements of a store, and the version that its root names. */
export interface AnnDataRoot {
  readonly version: string | null;
  readonly elements: AnnDataElements;
}

/**
 * Opens the AnnData whose root group is `root`; nothing but metadata is read. `UNSUPPORTED` where the root is something else,
 * `CORRUPT` where its parts do not fit each other. `location` is what messages name; `encodings` come beside the known ones, or in their place.
 */
export async function openAnnDataGroup(
  root: GroupNode,
  location: string,
  { encodings }: Pick<OpenOptions, "encodings"> = {},
): Promise<AnnDataRoot> {
  const context = openContext(root, encodings);
  const type = root.attributes["encoding-type"];
  const [obsNode, varNode] = await together(root.get("obs"), root.get("var"));
  if (obsNode === undefined || varNode === undefined || (typeof type === "string" && type !== "anndata")) {
    throw new AtsError("UNSUPPORTED", `${location} holds no AnnData: it has no obs and var; convert it first.`, {
      path: location,
    });
  }
  const mapping = (name: string) => openMapping(root, name, context);
  const [obs, vars, layers, obsm, varm, obsp, varp, uns, X, raw] = await together(
    openFrame(obsNode, context),
    openFrame(varNode, context),
    mapping("layers"),
    mapping("obsm"),
    mapping("varm"),
    mapping("obsp"),
    mapping("varp"),
    openUns(root, context),
    openMatrix(root, "X", context),
    openRaw(root, context),
  );
  const neighbors = await withoutAdjacency(uns, obsp);
  const old = withOldCategories(obs, vars, neighbors.uns, obsNode.kind === "array");
  const version = root.attributes["encoding-version"];
  const elements: AnnDataElements = {
    shape: [obs.length, vars.length],
    X,
    obs: old.obs,
    var: old.var,
    layers,
    obsm,
    varm,
    obsp: neighbors.obsp,
    varp,
    uns: old.uns,
    raw,
  };
  checkAligned(elements, location);
  return { version: typeof version === "string" ? version : null, elements };
}

async function openUns(root: GroupNode, context: OpenContext): Promise<LazyDict> {
  const node = await root.get("uns");
  if (node === undefined) return lazyFromValue(emptyDict(), "uns");
  const element = await context.open(node);
  if (element.kind === "lazy-dict") return element;
  throw new AtsError("CORRUPT", "uns should be a dict of elements but is not.", { path: node.path });
}
