import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cacheRoot, withLock } from "./cache.mjs";
import { generator, jobs, onOff } from "./cmake.mjs";
import { BuildFailure } from "./failure.mjs";
import { fetchSource } from "./fetch.mjs";
import { readLock } from "./lock.mjs";
import { PARTS, sourcesOf } from "./parts.mjs";
import { progressLines } from "./progress.mjs";
import { syncRiegeli } from "./riegeli.mjs";
import { capture, requireTools, stream } from "./run.mjs";
import { hashTree, syncTree } from "./tree.mjs";

/**
 * part: which of the parts, TensorStore's unless given; sanitize: with AddressSanitizer; tests: what tests link as well; base: all but
 * TensorStore.
 * @typedef {{ part?: keyof typeof PARTS, sanitize?: boolean, tests?: boolean, base?: boolean, say?: (message: string) => void }} Options
 */

const PROJECT = fileURLToPath(new URL("../../native/third_party", import.meta.url));

/** The C++ compiler that CMake takes. */
function compiler() {
  return process.env.CXX || (process.platform === "darwin" ? "clang++" : "g++");
}

function requireCompiler() {
  requireTools({ cmake: "install CMake 3.24 or newer (Debian: apt-get install cmake)" });
  if (process.platform === "win32") return;
  requireTools({ [compiler()]: "install a C++20 compiler (Debian: apt-get install g++)" });
}

function partName({ part = "tensorstore" }) {
  if (!Object.hasOwn(PARTS, part)) throw new BuildFailure(`there is no part '${part}' of the third-party build`);
  return part;
}

/** What decides how objects come out: sources, build description, compiler, flags, sanitizer. */
function objectsKey(options, part) {
  const identity = process.platform === "win32" ? "msvc" : capture(compiler(), ["--version"]).split("\n")[0];
  const hash = createHash("sha256");
  const compiled = sourcesOf(readLock(), partName(options)).filter((source) => !source.testsOnly);
  hash.update(JSON.stringify(compiled.map(({ name, accepted }) => [name, accepted])));
  hash.update(hashTree(PROJECT, part.objectFiles));
  hash.update([process.platform, process.arch, identity, process.env.CFLAGS, process.env.CXXFLAGS].join("\n"));
  return `${part.prefix}${options.sanitize ? "asan" : "release"}-${hash.digest("hex").slice(0, 12)}`;
}

/** The folder of the objects for this checkout, compiler and mode; it exists once something was built. @param {Options} options */
export function objectsFolder(options) {
  requireCompiler();
  return join(cacheRoot(), "objects", objectsKey(options, PARTS[partName(options)]));
}

/**
 * Builds every third-party object of a part (of TensorStore's: our riegeli's too), or finds them built.
 * @param {Options} options @returns {Promise<string>} the folder; its `link.cmake` says what to link and include
 * @throws BuildFailure that names the missing tool, or the first compiler error
 */
export async function buildObjects(options) {
  const say = options.say ?? (() => {});
  const folder = objectsFolder(options);
  mkdirSync(folder, { recursive: true });
  await withLock(
    folder,
    () => buildLocked(folder, options, say),
    () => say("another build is at work, waiting for it"),
  );
  return folder;
}

async function buildLocked(folder, options, say) {
  const name = partName(options);
  const part = PARTS[name];
  const headers = name === "tensorstore" ? syncRiegeli(join(folder, "include")) : "";
  const state = `${headers} ${hashTree(PROJECT, part.linkFiles)}`;
  const markers = markersOf(options).map((marker) => join(folder, marker));
  if (markers.some((path) => existsSync(path) && readFileSync(path, "utf8") === state)) return;
  const sources = [];
  say("sources:");
  for (const source of sourcesOf(readLock(), name).filter((candidate) => options.tests || !candidate.testsOnly)) {
    sources.push(`ATS_SOURCE_${source.name}=${await fetchSource(source, say)}`);
  }
  await configure(folder, part, sources, options);
  await compile(folder, part, options, say);
  writeFileSync(markers.at(-1), state);
}

/** The files that say what was built from which state: those of builds that hold more, then this build's own. */
function markersOf({ tests, base }) {
  const names = ["done-tests"];
  if (!tests) names.push("done");
  if (base) names.push("done-base-tests");
  if (base && !tests) names.push("done-base");
  return names;
}

async function configure(folder, part, sources, { sanitize, tests }) {
  // A copy beside the objects, because CMake ties a build folder to the path of its sources, and checkouts share this one.
  const project = join(folder, "project");
  syncTree(PROJECT, project, [...part.objectFiles, ...part.linkFiles]);
  const build = join(folder, "build");
  mkdirSync(build, { recursive: true });
  const definitions = ["CMAKE_BUILD_TYPE=Release", `ATS_OUTPUT=${folder}`, onOff("ATS_SANITIZE", sanitize)];
  // Never turned off: a folder that once held the tests' libraries keeps them.
  if (tests) definitions.push("ATS_TESTS=ON");
  const args = [
    "-S",
    join(project, part.project),
    "-B",
    build,
    ...generator(build),
    ...[...definitions, ...sources].map((text) => `-D${text}`),
  ];
  await stream("cmake", args, { onLine: () => {} });
}

async function compile(folder, part, { tests, base }, say) {
  const { target, what, minutes } = base && part.base ? part.base : part;
  const args = ["--build", join(folder, "build"), "--config", "Release", "--parallel", String(jobs())];
  args.push("--target", target, ...(tests && part.tests ? [part.tests] : []));
  say(`compiling ${what} with ${jobs()} jobs; about ${minutes} processor minutes the first time`);
  await stream("cmake", args, { onLine: progressLines(say) });
  if (!existsSync(join(folder, "link.cmake"))) throw new BuildFailure(`the build left no link.cmake in ${folder}`);
}
