/** A subject: a process that answers one JSON line with one JSON line. */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** How each subject is started: `node`, or the Python environment that it needs. Imports happen before it says that it is ready. */
const COMMANDS = {
  ours: ["node", ["--expose-gc", "serve.mjs", "./ours.mjs"]],
  zarrita: ["node", ["--expose-gc", "serve.mjs", "./zarrita.mjs"]],
  anndata: ["bench", ["serve.py", "anndata_python"]],
  zarrs: ["bench", ["serve.py", "anndata_zarrs"]],
  "python package": ["anndata-0.12", ["serve.py", "python_package"]],
  "tensorstore-python": ["anndata-0.12", ["serve.py", "tensorstore_python"]],
};

/** A running subject. */
export class Subject {
  #child;
  #lines;

  /** @param {import("node:child_process").ChildProcess} child */
  constructor(name, child) {
    this.name = name;
    this.#child = child;
    this.#lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  }

  /**
   * Starts the subject `name` and waits until it has imported what it needs.
   * @param {string} name
   * @param {(environment: string) => string} python the interpreter of an environment
   */
  static async start(name, python) {
    const [environment, args] = COMMANDS[name];
    const child = spawn(environment === "node" ? process.execPath : python(environment), args, {
      cwd: fileURLToPath(new URL("../subjects/", import.meta.url)),
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
      stdio: ["pipe", "pipe", "inherit"],
    });
    const subject = new Subject(name, child);
    await subject.#answer();
    return subject;
  }

  /** Sends a request; its answer. Rejects with the subject's own error, or when it has ended. */
  async ask(request) {
    this.#child.stdin.write(`${JSON.stringify(request)}\n`);
    return this.#answer();
  }

  async #answer() {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error(`${this.name} ended without an answer (exit code ${this.#child.exitCode}).`);
    const answer = JSON.parse(value);
    if (answer.error !== undefined) throw new Error(`${this.name}: ${answer.error}`);
    return answer;
  }

  /** Forgets how much memory there was so far, such as that of digests; does nothing where the system cannot. */
  forgetPeak() {
    try {
      writeFileSync(`/proc/${this.#child.pid}/clear_refs`, "5");
    } catch {
      // Only Linux has it, and the peak is unknown elsewhere.
    }
  }

  /** The most memory that was resident at once since `forgetPeak`, in bytes; undefined where the system does not tell. */
  peakMemory() {
    try {
      const status = readFileSync(`/proc/${this.#child.pid}/status`, "utf8");
      return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
    } catch {
      return undefined;
    }
  }

  /** Lets the process end. */
  async stop() {
    const ended = new Promise((resolve) => this.#child.once("exit", resolve));
    this.#child.stdin.end();
    await ended;
  }
}
