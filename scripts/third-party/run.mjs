import { spawn, spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { BuildFailure } from "./failure.mjs";

/** The last lines of a failed command's output that go into the message. */
const TAIL_LINES = 30;

/** Whether `tool` is an executable on PATH. @param {string} tool */
export function isOnPath(tool) {
  const names = process.platform === "win32" ? [`${tool}.exe`, `${tool}.cmd`] : [tool];
  return (process.env.PATH ?? "").split(delimiter).some((folder) => names.some((name) => canRun(join(folder, name))));
}

function canRun(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Throws a `BuildFailure` that names the first of `tools` that is not on PATH.
 * @param {Record<string, string>} tools tool name to what installs it
 */
export function requireTools(tools) {
  for (const [tool, fix] of Object.entries(tools)) {
    if (!isOnPath(tool)) throw new BuildFailure(`'${tool}' is needed and was not found on PATH; ${fix}`);
  }
}

/**
 * Runs a command and gives its stdout.
 * @param {string} command @param {string[]} args @param {import("node:child_process").SpawnSyncOptions} [options]
 * @throws BuildFailure with the end of its output
 */
export function capture(command, args, options = {}) {
  const result = spawnSync(command, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
  if (result.status !== 0) {
    const output = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error ?? ""}`.trim();
    throw new BuildFailure(`'${command} ${args.join(" ")}' failed:\n${tail(output)}`);
  }
  return String(result.stdout);
}

/**
 * Runs a command and hands each line of its output to `onLine`.
 * @param {string} command @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine: (line: string) => void }} options
 * @throws BuildFailure with the end of its output
 */
export async function stream(command, args, { cwd, env, onLine }) {
  const child = spawn(command, args, { cwd, env: env ?? process.env, stdio: ["ignore", "pipe", "pipe"] });
  const lines = [];
  const feed = (input) => {
    let rest = "";
    input.setEncoding("utf8");
    input.on("data", (text) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      for (const line of parts) {
        lines.push(line);
        if (lines.length > 400) lines.shift();
        onLine(line);
      }
    });
  };
  feed(child.stdout);
  feed(child.stderr);
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new BuildFailure(`'${command} ${args.join(" ")}' failed:\n${tail(relevant(lines))}`);
}

/** The lines from the first compiler error on, else the last ones. */
function relevant(lines) {
  const first = lines.findIndex((line) => /^FAILED: |\berror:|CMake Error|No rule to make/.test(line));
  return (first < 0 ? lines.slice(-TAIL_LINES) : lines.slice(first, first + TAIL_LINES)).join("\n");
}

function tail(text) {
  return text.split("\n").slice(-TAIL_LINES).join("\n");
}
