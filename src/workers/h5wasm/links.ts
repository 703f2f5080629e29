/** Finding members of groups. Links are resolved here, step by step, so that the library never follows one by itself. */
import { ask, failure, type H5File } from "./h5-file.js";

/** Soft links that one look-up may pass through, as HDF5 itself has it. */
const MOST_LINKS = 16;

/** Where a member is: the address at which the library finds it by hard links alone. */
export interface Member {
  readonly kind: "group" | "array" | "other";
  readonly address: string;
}

/** The address of `name` in the group at `address`. */
export function join(address: string, name: string): string {
  return address === "/" ? `/${name}` : `${address}/${name}`;
}

/**
 * The member `name` of the group at `address`, or undefined where there is none (also behind a soft link that dangles).
 * `UNSAFE_PATH` for a link into another file, `LIMIT_EXCEEDED` for links that lead in a circle. A link that an application
 * defined leads to a member of the kind `other`.
 */
export function findMember(file: H5File, address: string, name: string): Member | undefined {
  return find(file, address, name, { left: MOST_LINKS });
}

function find(file: H5File, group: string, name: string, links: { left: number }): Member | undefined {
  if (!memberNames(file, group).has(name)) return undefined;
  const address = join(group, name);
  const external = ask(file, address, (module, id) => module.get_external_link(id, address)).filename;
  if (external !== undefined) {
    throw failure(file.setup, "UNSAFE_PATH", address, "is a link into another file, which is never followed");
  }
  const target = ask(file, address, (module, id) => module.get_symbolic_link(id, address));
  if (target === null) return { kind: kindOf(file, address), address };
  links.left -= 1;
  if (links.left < 0)
    throw failure(file.setup, "LIMIT_EXCEEDED", address, `goes through more than ${MOST_LINKS} soft links`);
  return follow(file, group, target, links);
}

/** What the soft link `target`, which stands in the group at `group`, leads to. */
function follow(file: H5File, group: string, target: string, links: { left: number }): Member | undefined {
  let at: Member = { kind: "group", address: target.startsWith("/") ? "/" : group };
  for (const step of target.split("/")) {
    if (step === "" || step === ".") continue;
    if (at.kind !== "group") return undefined;
    const next = find(file, at.address, step, links);
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

/** The names of the members of the group at `address`, in the file's order. */
export function memberNames(file: H5File, address: string): ReadonlySet<string> {
  let names = file.names.get(address);
  if (names === undefined) {
    names = new Set(ask(file, address, (module, id) => module.get_names(id, address, false)));
    file.names.set(address, names);
  }
  return names;
}

function kindOf(file: H5File, address: string): Member["kind"] {
  const type = ask(file, address, (module, id) => module.get_type(id, address));
  if (type === file.module.H5G_GROUP) return "group";
  if (type === file.module.H5G_DATASET) return "array";
  if (type < 0) throw failure(file.setup, "CORRUPT", address, "is a link to nothing");
  return "other";
}
