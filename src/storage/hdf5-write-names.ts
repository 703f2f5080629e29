/** Names of members of HDF5 groups. */
import { AtsError } from "../errors.js";

/** The path of the member `name` of a group; `UNSAFE_PATH` for what is no name in HDF5. */
export function memberPath(group: string, name: string): string {
  const path = group === "" ? name : `${group}/${name}`;
  if (name === "" || name === "." || /[/\0]/.test(name) || /\p{Cs}/u.test(name)) {
    throw new AtsError("UNSAFE_PATH", `${path}: the key ${JSON.stringify(name)} cannot be a name in HDF5; rename it.`, {
      path,
    });
  }
  return path;
}
