import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { hashTree, syncTree } from "./tree.mjs";

const OURS = fileURLToPath(new URL("../../native/riegeli", import.meta.url));
const FILES = ["**/*.h", "**/*.cc"];

/**
 * Copies the byte-stream library beside the objects, only what changed, so that the objects of every checkout with the
 * same text serve, and a change rebuilds only what includes it. `ATS_RIEGELI_DIR` names an upstream checkout's `riegeli`
 * folder to use instead of ours.
 * @param {string} root include root; the files go to `riegeli/` below it
 * @returns {string} hash of what is there now
 */
export function syncRiegeli(root) {
  const from = process.env.ATS_RIEGELI_DIR || OURS;
  const to = join(root, "riegeli");
  syncTree(from, to, FILES);
  return hashTree(to, FILES);
}
