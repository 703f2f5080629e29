/** Edits of `.ats` directories: the files of unchanged elements are taken over as hard links. */
import { updateDirectory } from "../durability/update.js";
import { openAts } from "./ats-open.js";
import { AtsWriter, atsSession, checkKeys } from "./ats-write.js";
import type { KeepElement } from "./ats-write-files.js";
import type { Edit, EditOptions } from "./edit.js";

/** Replaces the store at `path` by what `edit` makes of it; see `editAnnData`. */
export async function updateAts(path: string, edit: Edit, options: EditOptions): Promise<void> {
  const { durability, limits, signal } = options;
  const session = atsSession(options);
  await updateDirectory(path, "ats", { durability, signal }, async (staging, old) => {
    const store = await openAts(path, { ...(limits && { limits }), signal });
    try {
      const { elements, changed } = await edit(store.elements);
      await checkKeys(elements);
      const keep: KeepElement = async (element, files) => {
        if (changed.has(element)) return false;
        const kept = await Promise.all(files.map((file) => old.keep(file)));
        return kept.includes(true);
      };
      await new AtsWriter(staging, session(staging, old.keep), options, keep).write(elements);
    } finally {
      await store.close();
    }
  });
}
