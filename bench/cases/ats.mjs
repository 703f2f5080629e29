/** `.ats` stores of 20,000 × 2,000, X and a layer of counts with 6.9 % non-zero, against the Python package. */
import { join } from "node:path";

const SUBJECTS = ["ours", "python package"];
/** The store that the Python package made, for both to read. */
const shared = (folder) => join(folder, "store.ats");
/** The store that a subject saves and then reads again. */
const own = (folder, subject) => join(folder, `saved by ${subject}.ats`);
const saveArgs = (folder, subject, durability) => ({ folder, out: own(folder, subject), durability });

function saving(name, title, durability, target) {
  return {
    name: `ats-${name}`,
    title,
    sizes: ["s"],
    subjects: SUBJECTS,
    targets: { "python package": target },
    operation: "ats.save",
    args: (folder, subject) => saveArgs(folder, subject, durability),
    inputs: (folder) => [join(folder, "parts")],
    verifier: { subject: "python package", operation: "ats.load" },
  };
}

/** Reads what was asked for from the store that each subject saved itself, and from one that both can read. */
function reading(name, title, args, target) {
  const base = { sizes: ["s"], subjects: SUBJECTS, operation: "ats.load" };
  return [
    {
      ...base,
      name: `ats-${name}`,
      title: `${title}, from its own store`,
      targets: { "python package": target },
      before: (folder, subject) => ({ operation: "ats.save", args: saveArgs(folder, subject, "none") }),
      args: (folder, subject) => ({ path: own(folder, subject), ...args(folder) }),
      inputs: (folder) => SUBJECTS.map((subject) => own(folder, subject)),
    },
    {
      ...base,
      name: `ats-${name}-theirs`,
      title: `${title}, from the Python package's store`,
      targets: {},
      args: (folder) => ({ path: shared(folder), ...args(folder) }),
      inputs: (folder) => [shared(folder)],
    },
  ];
}

export const atsCases = [
  saving("save", "`.ats` save from CSR (no fsync, as the peer)", "none", 10),
  saving("save-durable", "`.ats` save from CSR (our default: fsync)", "full"),
  ...reading("load", "`.ats` load, all of it", () => ({}), 1.5),
  ...reading("rows", "`.ats` 1,000 random rows", (folder) => ({ rows: join(folder, "rows.json") }), 1.5),
  ...reading("genes", "`.ats` 20 genes by name", (folder) => ({ genes: join(folder, "genes.json") }), 1.5),
];
