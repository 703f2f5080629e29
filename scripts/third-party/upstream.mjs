import { createWriteStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { preferredVersion } from "./lock.mjs";

/** How long a host may take to answer, and a download to end, in ms. */
const ANSWER_MS = 10_000;
const DOWNLOAD_MS = 180_000;

/** Hosts that could not be reached: the next source does not wait for them again. */
const unreachable = new Set();

/**
 * Downloads the release archive from the project's own site.
 * @param {import("./lock.mjs").Source} source @param {string} folder where the archive goes
 * @returns {Promise<string>} its path
 * @throws when the host does not answer, answers with an error, or is known to be out of reach
 */
export async function fetchUpstream(source, folder) {
  const url = new URL(source.upstream.replaceAll("{version}", preferredVersion(source)));
  if (unreachable.has(url.host)) throw new Error(`${url.host} is out of reach`);
  const stop = new AbortController();
  const impatient = setTimeout(() => stop.abort(new Error("no answer in time")), ANSWER_MS);
  const deadline = setTimeout(() => stop.abort(new Error("too slow")), DOWNLOAD_MS);
  try {
    const response = await fetch(url, { signal: stop.signal }).catch((error) => {
      unreachable.add(url.host);
      throw error;
    });
    clearTimeout(impatient);
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
    const path = join(folder, archiveName(url, source));
    await pipeline(Readable.fromWeb(response.body), createWriteStream(path));
    return path;
  } finally {
    clearTimeout(impatient);
    clearTimeout(deadline);
  }
}

function archiveName(url, source) {
  const suffix = /\.(zip|tar\.\w+)(?=$|\/)/.exec(url.pathname)?.[0] ?? ".tar.gz";
  return `${source.name}${suffix}`;
}
