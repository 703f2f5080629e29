#!/usr/bin/env node
/**
 * The release gate: packs the package with a prebuilt binary, installs the tarball in an empty folder with
 * `--ignore-scripts`, no compiler on PATH and an empty HOME, and does the main job there.
 * The last line is `N passed, N failed`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { compareVersions, floorOf } from "./glibc-floor.mjs";
import { claim, summary } from "./pack/claims.mjs";
import { npmCommand } from "./pack/npm.mjs";
import { runMain } from "./third-party/failure.mjs";
import { capture } from "./third-party/run.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const FIXTURE = join(ROOT, "test/fixtures/h5ad/10x_pbmc68k_reduced.h5ad");

/** What one platform may add to the package, in bytes. */
const MAX_BYTES = 15 * 1024 * 1024;

/** Packs the checkout. @returns {{ tarball: string, files: string[] }} */
function pack(folder) {
  const [report] = JSON.parse(
    capture(process.execPath, [npmCommand(), "pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: ROOT,
    }),
  );
  return { tarball: join(folder, report.filename), files: report.files.map((file) => file.path) };
}

/** An environment with nothing in it: PATH holds node alone, HOME is empty. */
function bareEnvironment(folder) {
  const bin = join(folder, "bin");
  const home = join(folder, "home");
  mkdirSync(bin);
  mkdirSync(home);
  symlinkSync(process.execPath, join(bin, "node"));
  const kept = Object.entries(process.env).filter(([name]) =>
    /^(https?_proxy|no_proxy|.*CERT.*|.*_CA_.*|.*CAINFO)$/i.test(name),
  );
  return { ...Object.fromEntries(kept), PATH: bin, HOME: home };
}

function checkFiles(files) {
  claim("the tarball carries this platform's binary, its needs and its licences", () => {
    const folder = `prebuilds/${process.platform}-${process.arch}/`;
    const names = files.filter((path) => path.startsWith(folder));
    return [".node", ".json", "/THIRD-PARTY-LICENCES.txt"].every((end) => names.some((name) => name.endsWith(end)));
  });
  claim("the tarball carries what a build from source needs", () =>
    [
      "CMakeLists.txt",
      "binding.gyp",
      "scripts/install.mjs",
      "scripts/gyp-build.mjs",
      "native/third_party/sources.lock.json",
    ].every((path) => files.includes(path)),
  );
  claim(
    "the tarball carries no tests and no objects",
    () => !files.some((path) => /(^test\/|^native\/test\/|\.o$|^out\/)/.test(path)),
  );
}

async function checkBinary(installed) {
  const { prebuiltPath } = await import(join(installed, "dist/native/locate.js"));
  const path = prebuiltPath(installed);
  const stated = JSON.parse(readFileSync(path.replace(/\.node$/, ".json"), "utf8"));
  claim("the binary is at most 15 MiB", () => stated.bytes <= MAX_BYTES);
  if (process.platform !== "linux") return;
  claim(
    `the stated glibc floor (${stated.glibc}) is the one that its symbols ask for`,
    () => compareVersions(floorOf(path).glibc, stated.glibc) === 0,
  );
  claim("the binary needs nothing but the C library", () =>
    stated.needed.every((name) => /^(libc|libm|libdl|librt|libpthread|ld-linux|libc\.musl)\b/.test(name)),
  );
}

function checkMainJob(app, env) {
  const run = (...args) => capture(process.execPath, args, { cwd: app, env });
  const ats = (...args) => run(join("node_modules", ".bin", "ats"), ...args);
  claim("ats --version prints the build", () => /tensorstore/i.test(ats("--version")));
  claim("ats convert makes a store of a real file", () => ats("convert", FIXTURE, "out.ats", "--quiet") !== undefined);
  claim("ats info reads its shape", () => String(JSON.parse(ats("info", "out.ats", "--json")).shape) === "700,765");
  const body = 'const a = await open("out.ats"); console.log(String(a.shape)); await a.close();';
  writeFileSync(join(app, "main.mjs"), `import { open } from "anndata-tensorstore";\n${body}\n`);
  writeFileSync(
    join(app, "main.cjs"),
    `const { open } = require("anndata-tensorstore");\n(async () => { ${body} })();\n`,
  );
  writeFileSync(join(app, "low.cjs"), 'console.log(typeof require("anndata-tensorstore/tensorstore").open);\n');
  claim("import loads it", () => run("main.mjs").trim() === "700,765");
  claim("require loads it", () => run("main.cjs").trim() === "700,765");
  claim("the low-level binding is reachable", () => run("low.cjs").trim() === "function");
}

await runMain(async () => {
  const work = mkdtempSync(join(tmpdir(), "ats-pack-"));
  try {
    capture(process.execPath, [join(ROOT, "scripts/prebuild.mjs")], {
      cwd: ROOT,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const { tarball, files } = pack(work);
    checkFiles(files);
    const app = join(work, "app");
    mkdirSync(app);
    writeFileSync(join(app, "package.json"), '{ "private": true }\n');
    const env = bareEnvironment(work);
    claim(
      "npm install takes it without running scripts",
      () =>
        capture(process.execPath, [npmCommand(), "install", "--ignore-scripts", "--no-audit", "--no-fund", tarball], {
          cwd: app,
          env,
        }) !== undefined,
    );
    await checkBinary(join(app, "node_modules", "anndata-tensorstore"));
    checkMainJob(app, env);
    await summary();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
});
