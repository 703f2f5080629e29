/** Edits of a store where it lies. */
import type { LazyElement } from "../elements/lazy.js";
import { lazyFromValue } from "../elements/memory.js";
import type { Value } from "../elements/values.js";
import { type EditOptions, editAnnData } from "../formats/edit.js";
import { replaceElement } from "../formats/edit-elements.js";
import type { MemberInput } from "./build.js";
import { type ColumnInput, columnFrom } from "./build-frame.js";
import { memberFrom } from "./build-matrix.js";
import { toPath } from "./location.js";

export type { EditOptions } from "../formats/edit.js";

/** What to change, by the paths that `ats info` prints: `X`, `obs/<column>`, `var/<column>`, `layers/<key>`, `obsm/<key>`, `uns/<key>`. */
export interface Edits {
  /** What is to be there, in place of what is or beside it. */
  readonly set?: Readonly<Record<string, ColumnInput | MemberInput>>;
  /** What is to go. */
  readonly remove?: readonly string[];
}

/**
 * Edits the store at `path`, an `.ats` or a Zarr store, all or nothing: adds, replaces and removes single elements. Whatever is not edited is neither read
 * nor written: a directory keeps its files by hard links, an archive takes them over as they are compressed. AnnData that are open go on with the
 * store as it was, or fail with `STALE`. `NOT_FOUND` for a store or an element to remove that is not there; `INVALID_ARGUMENT` for a path
 * that names no element and for values that do not fit the axes; `LOCKED` while somebody else writes the store; `UNSUPPORTED`.
 */
export async function edit(path: string | URL, edits: Edits, options: EditOptions = {}): Promise<void> {
  const { set = {}, remove = [] } = edits;
  const replacements = Object.entries(set).map(([at, input]) => [at, elementFrom(at, input)] as const);
  const changed = new Set([...Object.keys(set), ...remove].flatMap(prefixes));
  await editAnnData(
    toPath(path),
    async (stored) => {
      let elements = stored;
      for (const at of remove) elements = await replaceElement(elements, at, undefined);
      for (const [at, element] of replacements) elements = await replaceElement(elements, at, element);
      return { elements, changed };
    },
    options,
  );
}

function elementFrom(path: string, input: ColumnInput | MemberInput): LazyElement {
  const column = /^(obs|var)\//.test(path);
  return lazyFromValue((column ? columnFrom(path, input as ColumnInput) : memberFrom(path, input)) as Value, path);
}

/** `a`, `a/b`, … up to `path` itself: an edit within an element changes the element. */
function prefixes(path: string): string[] {
  const parts = path.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
