import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ uri: string, options: string }} Mirror a mirror and the bracketed options of a one-line apt entry */

const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

/**
 * The Debian mirror that this machine's apt uses, read from its sources at run time.
 * @param {string} [root] the apt folder
 * @returns {Mirror | undefined} undefined when apt has no Debian entry
 */
export function findDebianMirror(root = "/etc/apt") {
  const parts = join(root, "sources.list.d");
  const files = [
    join(root, "sources.list"),
    ...(existsSync(parts) ? readdirSync(parts).map((name) => join(parts, name)) : []),
  ];
  const entries = files
    .filter((path) => existsSync(path))
    .flatMap((path) => entriesOf(path, readFileSync(path, "utf8")));
  const uri = entries.find((candidate) => /\/debian\/?$/.test(candidate));
  if (!uri) return undefined;
  return { uri, options: existsSync(KEYRING) ? `[signed-by=${KEYRING}]` : "" };
}

function entriesOf(path, text) {
  const lines = text.split("\n").filter((line) => !line.trimStart().startsWith("#"));
  if (path.endsWith(".sources")) {
    return lines
      .filter((line) => /^URIs:/i.test(line))
      .flatMap((line) =>
        line
          .replace(/^URIs:/i, "")
          .trim()
          .split(/\s+/),
      );
  }
  return lines.map((line) => /^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)/.exec(line)?.[1]).filter((uri) => uri !== undefined);
}
