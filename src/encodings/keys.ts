/** Keys of elements as names of nodes. */
import { AtsError } from "../errors.js";

/**
 * Checks that `key`, of the element at `path`, can be the name of a node in every store: not empty, no "/" (a path to all readers, so that the key
 * would come back as nested dicts), no NUL, not "." or "..", valid Unicode. `UNSAFE_PATH` otherwise. What only one storage cannot
 * name is that storage's to refuse.
 */
export function checkKey(key: string, path: string): void {
  const why = REASONS.find(([applies]) => applies(key))?.[1];
  if (why === undefined) return;
  throw new AtsError("UNSAFE_PATH", `${path}: the key ${JSON.stringify(key)} ${why}; rename it.`, {
    path: `${path}/${key}`,
  });
}

/**
 * The names that lead to the column `name` of the frame at `path`. anndata has always taken the "/" in `CD4/CD8` for a path, so that such a column lies in a
 * group of its frame; all readers find it there by its whole name. `UNSAFE_PATH` where one of the names cannot be a node's.
 */
export function columnPath(name: string, path: string): readonly string[] {
  const steps = name.split("/");
  for (const step of steps) checkKey(step, path);
  return steps;
}

const REASONS: readonly (readonly [(key: string) => boolean, string])[] = [
  [(key) => key === "", "is empty"],
  [(key) => key === "." || key === "..", "is a directory's own name"],
  [(key) => key.includes("/"), 'has a "/", which separates groups in AnnData stores'],
  [(key) => key.includes("\0"), "has a NUL character"],
  [(key) => /\p{Cs}/u.test(key), "is not valid Unicode"],
];
