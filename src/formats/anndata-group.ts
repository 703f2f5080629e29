/** Which node of an AnnData store is where: the members of its root group, today's and those of old versions. */

import type { LazyDict } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import { emptyDict } from "../elements/values.js";
import type { OpenContext } from "../encodings/define.js";
import { openContext } from "../encodings/registry.js";
import { AtsError } from "../errors.js";
import { together } from "../storage/together.js";
import type { GroupNode, StoredNode } from "../storage/types.js";
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
  const nodes = await members(root);
  const { obs: obsNode, var: varNode } = nodes;
  if (obsNode === undefined || varNode === undefined || (typeof type === "string" && type !== "anndata")) {
    throw new AtsError("UNSUPPORTED", `${location} holds no AnnData: it has no obs and var; convert it first.`, {
      path: location,
    });
  }
  const [obs, vars, layers, obsm, varm, graphs, varp, X, raw] = await together(
    openFrame(obsNode, context),
    openFrame(varNode, context),
    openMapping(nodes.layers, context),
    openMapping(nodes.obsm, context),
    openMapping(nodes.varm, context),
    openGraphs(nodes, context),
    openMapping(nodes.varp, context),
    openMatrix(nodes.X, context),
    openRaw(root, nodes.raw, context),
  );
  const old = withOldCategories(obs, vars, graphs.uns, obsNode.kind === "array");
  const version = root.attributes["encoding-version"];
  const elements: AnnDataElements = {
    shape: [obs.length, vars.length],
    X,
    obs: old.obs,
    var: old.var,
    layers,
    obsm,
    varm,
    obsp: graphs.obsp,
    varp,
    uns: old.uns,
    raw,
  };
  checkAligned(elements, location);
  return { version: typeof version === "string" ? version : null, elements };
}

const MEMBERS = ["obs", "var", "layers", "obsm", "varm", "obsp", "varp", "uns", "X", "raw"] as const;

type Members = Readonly<Record<(typeof MEMBERS)[number], StoredNode | undefined>>;

/** Those members of `root` that an AnnData may have, looked up side by side. */
async function members(root: GroupNode): Promise<Members> {
  const nodes = await together(...MEMBERS.map((name) => root.get(name)));
  return Object.fromEntries(MEMBERS.map((name, i) => [name, nodes[i]])) as Members;
}

/** `uns` and `obsp`, to which old versions' graphs of neighbours move. */
async function openGraphs(nodes: Members, context: OpenContext) {
  const [uns, obsp] = await together(openUns(nodes.uns, context), openMapping(nodes.obsp, context));
  return withoutAdjacency(uns, obsp);
}

async function openUns(node: StoredNode | undefined, context: OpenContext): Promise<LazyDict> {
  if (node === undefined) return lazyFromValue(emptyDict(), "uns");
  const element = await context.open(node);
  if (element.kind === "lazy-dict") return element;
  throw new AtsError("CORRUPT", "uns should be a dict of elements but is not.", { path: node.path });
}
