#!/usr/bin/env node
/**
 * The third-party part of the native build: its sources and its objects, both kept in a cache outside the checkout.
 *
 *   third-party.mjs fetch [NAME...]                         fetch and verify sources; prints where each one is
 *   third-party.mjs build [--sanitize] [--tests] [--base] [--part hdf5]
 *                                                           build the objects; prints the folder that holds them
 *   third-party.mjs where [--sanitize] [--part hdf5]        prints that folder without building
 *   third-party.mjs accept NAME VERSION ARCHIVE             adds the hash of an archive's tree to the lock
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildObjects, objectsFolder } from "./third-party/build.mjs";
import { BuildFailure, runMain } from "./third-party/failure.mjs";
import { fetchSource, unpack } from "./third-party/fetch.mjs";
import { addAccepted, findSource, readLock } from "./third-party/lock.mjs";

const say = (message) => console.error(`  ${message}`);

const commands = {
  async fetch(names) {
    const sources = names.length > 0 ? names.map(findSource) : readLock();
    for (const source of sources) console.log(`${source.name}\t${await fetchSource(source, say)}`);
  },
  async build(_names, options) {
    console.log(await buildObjects({ ...options, say }));
  },
  async where(_names, options) {
    console.log(objectsFolder(options));
  },
  async accept([name, version, archive]) {
    if (!name || !version || !archive) throw new BuildFailure("usage: third-party.mjs accept NAME VERSION ARCHIVE");
    const work = mkdtempSync(join(tmpdir(), "ats-accept-"));
    try {
      const { tree } = unpack(findSource(name), archive, work);
      addAccepted(name, version, tree);
      console.log(`${name} ${version} ${tree}`);
    } finally {
      rmSync(work, { recursive: true, force: true });
    }
  },
};

await runMain(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      part: { type: "string" },
      sanitize: { type: "boolean" },
      tests: { type: "boolean" },
      base: { type: "boolean" },
    },
  });
  const [command = "", ...rest] = positionals;
  if (!Object.hasOwn(commands, command)) {
    throw new BuildFailure("usage: third-party.mjs fetch|build|where|accept …");
  }
  await commands[command](rest, values);
});
