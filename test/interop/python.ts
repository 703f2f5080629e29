/** The Python environments of the tests, which have the real packages: the oracle of the interop tests. */
import { execFile, execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** An environment of scripts/check/interop-venv.mjs. */
export type PythonEnvironment = "anndata-0.12" | "anndata-0.13" | "scanpy";

const VENV_SCRIPT = fileURLToPath(new URL("../../scripts/check/interop-venv.mjs", import.meta.url));
const paths = new Map<PythonEnvironment, string>();

/** The interpreter of an environment, which is made if need be; an error, never a skipped test, where it cannot be. */
export function pythonPath(name: PythonEnvironment = "anndata-0.12"): string {
  const path = paths.get(name) ?? execFileSync(process.execPath, [VENV_SCRIPT, name], { encoding: "utf8" }).trim();
  paths.set(name, path);
  return path;
}

/** This process's environment without what is preloaded into it: Python is not built with a sanitizer. */
function environment(): NodeJS.ProcessEnv {
  const { LD_PRELOAD: _, ...rest } = process.env;
  return rest;
}

/** Runs a script of this folder with arguments; its stdout. Fails with its stderr. */
export function runPython(script: string, ...args: string[]): Promise<string> {
  return runPythonIn("anndata-0.12", script, ...args);
}

/** {@link runPython} in another environment. */
export async function runPythonIn(name: PythonEnvironment, script: string, ...args: string[]): Promise<string> {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const { stdout } = await promisify(execFile)(pythonPath(name), [file, ...args], {
    maxBuffer: 2 ** 28,
    env: environment(),
  });
  return stdout;
}

/** A script that answers one JSON line with one JSON line, as long as the test lasts. */
export interface PythonServer {
  ask<T>(request: unknown): Promise<T>;
  close(): Promise<void>;
  /** Ends it at once, whatever it does. */
  kill(): void;
}

/** Starts a script of this folder as a server. */
export function startPython(script: string, ...args: string[]): PythonServer {
  return startPythonOf("anndata-0.12", script, ...args);
}

/** Starts a script of this folder as a server in an environment. */
export function startPythonOf(environmentName: PythonEnvironment, script: string, ...args: string[]): PythonServer {
  const file = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(pythonPath(environmentName), [file, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
    env: environment(),
  });
  const waiting: { resolve: (line: string) => void; reject: (error: Error) => void }[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => waiting.shift()?.resolve(line));
  let end: Error | undefined;
  const ended = new Promise<void>((resolve) => {
    child.once("exit", (code) => {
      end = new Error(`${script} ended with code ${code}`);
      for (const { reject } of waiting.splice(0)) reject(end);
      resolve();
    });
  });
  return {
    async ask<T>(request: unknown): Promise<T> {
      if (end !== undefined) throw end;
      const line = new Promise<string>((resolve, reject) => waiting.push({ resolve, reject }));
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return JSON.parse(await line) as T;
    },
    kill() {
      child.kill("SIGKILL");
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}
