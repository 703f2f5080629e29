/** The names of what a save leaves beside a store while it runs. All of them start with a dot and the store's name, so that a collector finds them. */
import { randomBytes } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { AtsError } from "../errors.js";

/** The siblings of one store during one save. */
export interface Siblings {
  readonly parent: string;
  readonly name: string;
  /** What makes this save's siblings unique: 16 hexadecimal digits; also the generation of what it publishes. */
  readonly id: string;
  readonly lock: string;
  readonly intent: string;
  readonly staging: string;
  readonly old: string;
}

/** The siblings of the store at `path` for the save `id`; `INVALID_ARGUMENT` where the path has no last part. */
export function siblingsOf(path: string, id: string = randomBytes(8).toString("hex")): Siblings {
  const name = basename(path);
  if (name === "" || name === "." || name === "..") {
    throw new AtsError("INVALID_ARGUMENT", `${JSON.stringify(path)} does not name a store; give it a file name.`, {
      path,
    });
  }
  const parent = dirname(path);
  const sibling = (suffix: string) => join(parent, `.${name}.${suffix}`);
  return {
    parent,
    name,
    id,
    lock: sibling("lock"),
    intent: sibling("intent"),
    staging: sibling(`staging-${id}`),
    old: sibling(`old-${id}`),
  };
}

/** Whether `entry`, a name in the store's parent, is a directory or file that some save of the store `name` left or still uses. */
export function isLeftover(entry: string, name: string): boolean {
  const prefix = `.${name}.`;
  return entry.startsWith(prefix) && /^(staging|old|lock)-[0-9a-f]{16}$/.test(entry.slice(prefix.length));
}
