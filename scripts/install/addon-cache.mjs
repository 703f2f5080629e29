import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { cacheRoot } from "../third-party/cache.mjs";
import { hashTree } from "../third-party/tree.mjs";

/** What the addon is made of, below `native`, beside the third-party objects. */
const SOURCES = ["*/*.h", "*/*.cc", "*/*.map", "*/*.cmake", "riegeli/**", "third_party/sources.lock.json"];

/** How many finished addons are kept; one is some 20 MB. */
const KEPT = 6;

/** Version of a package that the addon is compiled against. */
function versionOf(name) {
  return createRequire(import.meta.url)(`${name}/package.json`).version;
}

/**
 * Where the cache keeps the addon that these sources and objects give. There is no path of the checkout in an addon, so
 * one that another checkout built serves.
 * @param {string} root the checkout @param {string[]} objects folders of the third-party objects
 */
export function cachedAddon(root, objects) {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const parts = [
    version,
    versionOf("node-addon-api"),
    versionOf("node-api-headers"),
    ...objects.map((folder) => basename(folder)),
  ];
  parts.push(process.env.ATS_RIEGELI_DIR ?? "", hashTree(join(root, "native"), SOURCES));
  parts.push(readFileSync(join(root, "CMakeLists.txt"), "utf8"));
  const hash = createHash("sha256").update(parts.join("\n")).digest("hex");
  return join(cacheRoot(), "addons", `${hash.slice(0, 24)}.node`);
}

/** Copies a finished addon, in one step for whoever loads it meanwhile. */
export function copyAddon(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const part = `${to}.${process.pid}.part`;
  copyFileSync(from, part);
  renameSync(part, to);
}

/** Puts a finished addon into the cache, and drops the oldest ones. */
export function storeAddon(addon, cached) {
  copyAddon(addon, cached);
  const folder = dirname(cached);
  const age = (name) => statSync(join(folder, name)).mtimeMs;
  const names = readdirSync(folder).filter((name) => name.endsWith(".node"));
  for (const name of names.sort((a, b) => age(b) - age(a)).slice(KEPT)) rmSync(join(folder, name), { force: true });
}
