/** Runs one case: first the answers are compared, then the subjects take turns. */
import { rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { Subject } from "./subject.mjs";
import { warm } from "./warm.mjs";

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string} title
 * @property {readonly ("s" | "l")[]} sizes of inputs that it can be run on
 * @property {readonly string[]} subjects ours first
 * @property {Readonly<Record<string, number>>} targets for each peer: how often its time ours must fit into; 1 where nothing is said
 * @property {string} operation
 * @property {(folder: string, subject: string) => object} args
 * @property {(folder: string) => readonly string[]} inputs files that are read into the page cache before each run
 * @property {(folder: string, subject: string) => object} [before] a request that makes the subject's input, by a process of its own
 * @property {(folder: string, subject: string) => readonly string[]} [leaves] what a subject makes, which is removed when the case is over
 * @property {{ subject: string, operation: string }} [verifier] who digests every subject's output, `args.out`, for a case that writes, and how
 */

/**
 * @param {Case} one
 * @param {{ python: (environment: string) => string, folder: string, budget: { rounds: number, seconds: number } }} options
 */
export async function runCase(one, { python, folder, budget }) {
  const subjects = [];
  try {
    for (const name of one.subjects) await prepareInput(one, name, { python, folder });
    await startAll(one, subjects, python);
    await compareAnswers(one, subjects, { python, folder });
    for (const subject of subjects) subject.forgetPeak();
    const runs = await takeTurns(one, subjects, { folder, budget });
    return { case: one, subjects: subjects.map((subject, i) => summary(subject, runs[i])) };
  } catch (error) {
    return { case: one, subjects: [], failure: error.message };
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
    for (const name of one.subjects) {
      for (const path of one.leaves?.(folder, name) ?? []) rmSync(path, { recursive: true, force: true });
    }
  }
}

/** Starts the subjects side by side and adds those that run to `subjects`, also where another one does not start. */
async function startAll(one, subjects, python) {
  const started = await Promise.allSettled(one.subjects.map((name) => Subject.start(name, python)));
  subjects.push(...started.filter((s) => s.status === "fulfilled").map((s) => s.value));
  for (const { status, reason } of started) if (status === "rejected") throw reason;
}

/** What is told of the runs of one subject. */
function summary(subject, runs) {
  const seconds = runs.map((run) => run.seconds);
  return {
    name: subject.name,
    seconds,
    median: median(seconds),
    cpu: median(runs.map((run) => run.cpu)),
    peak: subject.peakMemory(),
  };
}

/** Lets the subject make what it is to read, in a process whose memory does not count. */
async function prepareInput(one, name, { python, folder }) {
  if (one.before === undefined) return;
  const subject = await Subject.start(name, python);
  try {
    await subject.ask(one.before(folder, name));
  } finally {
    await subject.stop();
  }
}

/** Fails unless every subject's answer has the digest of the first one's. It also warms every subject up. */
async function compareAnswers(one, subjects, { python, folder }) {
  const digests = [];
  for (const subject of subjects) {
    const args = one.args(folder, subject.name);
    await warm(one.inputs(folder));
    const { digest } = await subject.ask({ operation: one.operation, args, digest: true });
    digests.push(one.verifier === undefined ? digest : await digestOutput(one.verifier, args, python));
  }
  for (const [i, digest] of digests.entries()) {
    const differing = differences(digest, digests[0]);
    if (differing.length > 0) {
      throw new Error(
        `${subjects[i].name} and ${subjects[0].name} differ in ${differing.join(", ")}; nothing was timed.`,
      );
    }
  }
}

/** What of two digests is not the same, or missing in one; a digest of nothing is no proof. */
export function differences(digest, first) {
  const keys = new Set([...Object.keys(digest), ...Object.keys(first)]);
  if (keys.size === 0) return ["everything"];
  return [...keys].filter((key) => !isDeepStrictEqual(digest[key], first[key]));
}

/** What a neutral process reads in the output that `args` name. */
async function digestOutput({ subject, operation }, args, python) {
  const reader = await Subject.start(subject, python);
  try {
    const answer = await reader.ask({ operation, args: { path: args.out }, digest: true });
    return answer.digest;
  } finally {
    await reader.stop();
  }
}

/** Runs that take milliseconds are repeated for this long, whatever the number of rounds. */
const SHORT_SECONDS = 2;

/**
 * Interleaved runs until there are enough or the time is up; at least three each. Every round has an order of its own, since a subject finds the memory
 * that the one before has left. Seconds of wall clock and CPU, by subject.
 */
async function takeTurns(one, subjects, { folder, budget }) {
  const runs = subjects.map(() => []);
  const start = performance.now();
  for (let round = 0; ; round++) {
    const elapsed = (performance.now() - start) / 1000;
    if (round >= budget.rounds && elapsed > SHORT_SECONDS) break;
    if (round >= 3 && elapsed > budget.seconds) break;
    for (const i of shuffled(subjects.keys())) {
      const subject = subjects[i];
      await warm(one.inputs(folder));
      runs[i].push(await subject.ask({ operation: one.operation, args: one.args(folder, subject.name) }));
    }
  }
  return runs;
}

/** `items` in a random order. */
function shuffled(items) {
  return [...items]
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The middle value; the mean of the middle two of an even number. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
