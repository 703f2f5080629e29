/** Edits of a store where it lies: what is not edited is taken over as it is stored, neither decoded nor compressed anew. */
import { AtsError } from "../errors.js";
import { checkAligned } from "./aligned.js";
import { updateAts } from "./ats-update.js";
import { openAnnData } from "./detect.js";
import { rewriteH5ad } from "./h5ad-rewrite.js";
import type { AnnDataElements, OpenOptions, StoreFormat, WriteOptions } from "./types.js";
import { rewriteZarr } from "./zarr-rewrite.js";

/** Options of an edit: those of writing that apply to what is new. */
export type EditOptions = Pick<
  WriteOptions,
  "codec" | "durability" | "threads" | "onProgress" | "onWarning" | "signal"
> &
  Pick<OpenOptions, "limits" | "encodings">;

/** The elements that a store is to have, and the paths of those that are new (`obs` for any of its columns). */
export interface Edited {
  readonly elements: AnnDataElements;
  readonly changed: ReadonlySet<string>;
}

/** Makes the edited elements of those that are stored; called while nobody else can write the store. */
export type Edit = (stored: AnnDataElements) => Promise<Edited>;

/** How one format is edited. */
export type Rewrite = (path: string, edit: Edit, options: EditOptions) => Promise<void>;

const REWRITES: { readonly [F in StoreFormat]?: Rewrite } = {
  ats: updateAts,
  zarr: rewriteZarr,
  h5ad: rewriteH5ad,
};

/**
 * Replaces the store at `path` by what `edit` makes of it, all or nothing, in its own format. `NOT_FOUND`; `LOCKED` where somebody else writes it;
 * `INVALID_ARGUMENT` where the edited elements do not fit each other; `UNSUPPORTED` for a format that is only read; what `edit` and writing throw.
 */
export async function editAnnData(path: string, edit: Edit, options: EditOptions = {}): Promise<void> {
  const { limits, encodings, signal } = options;
  const store = await openAnnData(path, { ...(limits && { limits }), ...(encodings && { encodings }), signal });
  await store.close();
  const rewrite = REWRITES[store.format];
  if (rewrite === undefined) {
    throw new AtsError("UNSUPPORTED", `${path} is ${store.format}, which cannot be edited; convert it first.`, {
      path,
    });
  }
  const checked: Edit = async (stored) => {
    const edited = await edit(stored);
    try {
      checkAligned(edited.elements, path);
    } catch (cause) {
      const { message, path: at } = cause as AtsError;
      throw new AtsError("INVALID_ARGUMENT", message, { path: at ?? path, cause });
    }
    return edited;
  };
  await rewrite(path, checked, options);
}
