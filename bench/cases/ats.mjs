/** `.ats` stores of 20,000 × 2,000, X and a layer of counts with 6.9 % non-zero, against the Python package. */
import { join } from "node:path";

const SUBJECTS = ["ours", "python package"];
const store = (folder) => join(folder, "store.ats");

function reading(name, title, args, target) {
  return {
    name: `ats-${name}`,
    title,
    subjects: SUBJECTS,
    targets: { "python package": target },
    operation: "ats.load",
    args: (folder) => ({ path: store(folder), ...args(folder) }),
    inputs: (folder) => [store(folder)],
  };
}

function saving(name, title, durability, target) {
  return {
    name: `ats-${name}`,
    title,
    subjects: SUBJECTS,
    targets: { "python package": target },
    operation: "ats.save",
    args: (folder, subject) => ({ folder, out: join(folder, `saved by ${subject}.ats`), durability }),
    inputs: (folder) => [join(folder, "parts")],
    verifier: "python package",
  };
}

export const atsCases = [
  saving("save", "`.ats` save from CSR (no fsync, as the peer)", "none", 10),
  saving("save-durable", "`.ats` save from CSR (our default: fsync)", "full", 10),
  reading("load", "`.ats` load, all of it", () => ({}), 1.5),
  reading("rows", "`.ats` 1,000 random rows", (folder) => ({ rows: join(folder, "rows.json") }), 1.5),
  reading("genes", "`.ats` 20 genes by name", (folder) => ({ genes: join(folder, "genes.json") }), 1.5),
];
