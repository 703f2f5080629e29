/** Writes dicts as groups. */
import type { LazyElement } from "../elements/lazy.js";
import type { GroupWriter } from "../storage/types.js";
import { marked, type WriteContext } from "./define.js";
import { checkKey } from "./keys.js";
import { dictToWrite } from "./to-write.js";

/** Writes the dict `element` as the group `name` of the encoding `type`, entry by entry. `UNSAFE_PATH` for a key that cannot be a name. */
export async function writeGroup(
  parent: GroupWriter,
  name: string,
  element: LazyElement,
  type: string,
  context: WriteContext,
): Promise<void> {
  const dict = dictToWrite(element, type);
  const keys = await dict.keys();
  for (const key of keys) checkKey(key, element.info.path);
  const group = await parent.group(name, marked(type, "0.1.0"));
  for (const key of keys) {
    context.signal?.throwIfAborted();
    const entry = await dict.get(key);
    if (entry !== undefined) await context.write(group, key, entry);
  }
}
