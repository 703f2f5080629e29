/**
 * The parts of the third-party build. Each has a CMake project, a key and a folder of objects of its own, so that a change of one leaves
 * the other's objects alone: TensorStore takes 25 processor minutes, HDF5 two.
 *
 * project: folder of its CMakeLists.txt below `native/third_party`; objectFiles: the build description that decides how objects come out;
 * linkFiles: the one that says what to link; alsoUses: sources of another part whose headers it sees; base: whether there is a smaller
 * build without TensorStore; tests: whether there are libraries that only tests link.
 * @typedef {{ prefix: string, project: string, objectFiles: string[], linkFiles: string[], alsoUses: string[], target: string,
 *   what: string, minutes: number, base?: { target: string, what: string, minutes: number }, tests?: string }} Part
 */

/** @type {Record<"tensorstore" | "hdf5", Part>} */
export const PARTS = {
  tensorstore: {
    prefix: "",
    project: ".",
    objectFiles: [
      "CMakeLists.txt",
      "flags.cmake",
      "codecs.cmake",
      "abseil.cmake",
      "tensorstore.cmake",
      "tensorstore-sources.txt",
    ],
    linkFiles: ["link.cmake"],
    alsoUses: [],
    target: "ats_objects",
    what: "TensorStore and what it needs",
    minutes: 25,
    base: { target: "ats_base_objects", what: "abseil and the codecs", minutes: 5 },
    tests: "ats_test_libraries",
  },
  hdf5: {
    prefix: "hdf5-",
    project: "hdf5",
    objectFiles: ["hdf5/CMakeLists.txt", "flags.cmake"],
    linkFiles: [],
    alsoUses: ["zlib"],
    target: "ats_hdf5_objects",
    what: "HDF5",
    minutes: 2,
  },
};

/** The sources that `part` compiles or includes, in the lock's order. @param {import("./lock.mjs").Source[]} lock @param {string} part */
export function sourcesOf(lock, part) {
  return lock.filter((source) => (source.part ?? "tensorstore") === part || PARTS[part].alsoUses.includes(source.name));
}
