import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

/** `**` stands for any number of folders, `*` for any part of one name. */
function toRegExp(pattern) {
  const source = pattern
    .split(/(\*\*\/|\*\*|\*)/)
    .map(
      (part) => ({ "**/": "(?:.*/)?", "**": ".*", "*": "[^/]*" })[part] ?? part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"),
    )
    .join("");
  return new RegExp(`^${source}$`);
}

/** Sorted paths (with `/`) of the regular files below `root` that match one of `patterns`. */
export function listTree(root, patterns) {
  const wanted = patterns.map(toRegExp);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .map((path) => path.split(sep).join("/"))
    .filter((path) => wanted.some((pattern) => pattern.test(path)))
    .sort();
}

/**
 * SHA-256 of a source tree as it is compiled: of the lines `<sha256 of the file>  <path>` of the matching files, sorted by
 * path. An upstream archive and a distribution's repacked one give the same hash as long as these files are the same.
 */
export function hashTree(root, patterns) {
  const hash = createHash("sha256");
  for (const path of listTree(root, patterns)) {
    hash.update(
      `${createHash("sha256")
        .update(readFileSync(join(root, path)))
        .digest("hex")}  ${path}\n`,
    );
  }
  return hash.digest("hex");
}

/** Copies the matching files only, so that what was not hashed cannot be compiled. */
export function copyTree(from, to, patterns) {
  for (const path of listTree(from, patterns)) {
    mkdirSync(dirname(join(to, path)), { recursive: true });
    copyFileSync(join(from, path), join(to, path));
  }
}

/** The folder of an unpacked archive that holds the sources: its only folder, or itself when it has no folder around. */
export function innerRoot(folder, patterns) {
  const entries = readdirSync(folder);
  const only = entries.length === 1 ? join(folder, entries[0]) : folder;
  const holds = (root) => existsSync(root) && listTree(root, patterns).length > 0;
  return holds(only) ? only : folder;
}

/**
 * Makes the matching files below `to` the same as those below `from`. A file with the same bytes is left alone, so that a
 * build sees only what changed.
 */
export function syncTree(from, to, patterns) {
  mkdirSync(to, { recursive: true });
  const wanted = listTree(from, patterns);
  for (const path of listTree(to, patterns)) if (!wanted.includes(path)) rmSync(join(to, path));
  for (const path of wanted) copyChanged(join(from, path), join(to, path));
}

function copyChanged(from, to) {
  const text = readFileSync(from);
  if (existsSync(to) && readFileSync(to).equals(text)) return;
  mkdirSync(dirname(to), { recursive: true });
  writeFileSync(to, text);
}
