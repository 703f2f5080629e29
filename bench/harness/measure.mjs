/** Runs one case: first the answers are compared, then the subjects take turns. */
import { isDeepStrictEqual } from "node:util";
import { Subject } from "./subject.mjs";
import { warm } from "./warm.mjs";

/**
 * @typedef {object} Case
 * @property {string} name
 * @property {string} title
 * @property {readonly string[]} subjects ours first
 * @property {Readonly<Record<string, number>>} targets for each peer: how often its time ours must fit into
 * @property {string} operation
 * @property {(folder: string, subject: string) => object} args
 * @property {(folder: string) => readonly string[]} inputs files that are read into the page cache before each run
 * @property {(folder: string, subject: string) => object} [before] a request that makes the subject's input, by a process of its own
 * @property {string} [verifier] the subject that digests every other's output, for a case that writes
 */

/**
 * @param {Case} one
 * @param {{ python: string, folder: string, budget: { rounds: number, seconds: number } }} options
 */
export async function runCase(one, { python, folder, budget }) {
  const subjects = [];
  try {
    for (const name of one.subjects) await prepareInput(one, name, { python, folder });
    for (const name of one.subjects) subjects.push(await Subject.start(name, python));
    await compareAnswers(one, subjects, { python, folder });
    const times = await takeTurns(one, subjects, { folder, budget });
    return {
      case: one,
      subjects: subjects.map((subject, i) => ({
        name: subject.name,
        seconds: times[i],
        median: median(times[i]),
        peak: subject.peakMemory(),
      })),
    };
  } catch (error) {
    return { case: one, subjects: [], failure: error.message };
  } finally {
    await Promise.all(subjects.map((subject) => subject.stop()));
  }
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
    digests.push(one.verifier === undefined ? digest : await digestOutput(one, args, python));
  }
  for (const [i, digest] of digests.entries()) {
    if (Object.keys(digest).length === 0 || !isDeepStrictEqual(digest, digests[0])) {
      const differing = Object.keys(digest).filter((key) => digest[key] !== digests[0][key]);
      throw new Error(
        `${subjects[i].name} and ${subjects[0].name} differ in ${differing.join(", ")}; nothing was timed.`,
      );
    }
  }
}

/** What a neutral process reads in the output that `args` name. */
async function digestOutput(one, args, python) {
  const reader = await Subject.start(one.verifier, python);
  try {
    const answer = await reader.ask({ operation: "ats.load", args: { path: args.out }, digest: true });
    return answer.digest;
  } finally {
    await reader.stop();
  }
}

/** Runs that take milliseconds are repeated for this long, whatever the number of rounds. */
const SHORT_SECONDS = 2;

/** Interleaved runs until there are enough or the time is up; at least three each. Seconds by subject. */
async function takeTurns(one, subjects, { folder, budget }) {
  const times = subjects.map(() => []);
  const start = performance.now();
  for (let round = 0; ; round++) {
    const elapsed = (performance.now() - start) / 1000;
    if (round >= budget.rounds && elapsed > SHORT_SECONDS) break;
    if (round >= 3 && elapsed > budget.seconds) break;
    for (const [i, subject] of subjects.entries()) {
      await warm(one.inputs(folder));
      const { seconds } = await subject.ask({ operation: one.operation, args: one.args(folder, subject.name) });
      times[i].push(seconds);
    }
  }
  return times;
}

/** The middle value; the mean of the middle two of an even number. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
