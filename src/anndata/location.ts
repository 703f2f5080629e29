/** Where stores are: paths and file URLs. */
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { AtsError } from "../errors.js";
import type { FormatName } from "../formats/types.js";

/** The path of a store. `UNSUPPORTED` for a URL that is no file. */
export function toPath(location: string | URL): string {
  if (typeof location === "string" && location !== "") return location;
  if (location instanceof URL && location.protocol === "file:") return fileURLToPath(location);
  if (location instanceof URL) {
    throw new AtsError("UNSUPPORTED", `${location.href} is no file; pass a path or a file: URL.`, {
      path: location.href,
    });
  }
  throw new AtsError("INVALID_ARGUMENT", "A store needs a path; pass a path or a file: URL.");
}

const FORMAT_OF_EXTENSION: Readonly<Record<string, FormatName>> = {
  ".ats": "ats",
  ".zarr": "zarr",
  ".zip": "zarr",
  ".h5ad": "h5ad",
};

/** The format that the name of a target asks for; `INVALID_ARGUMENT` for another name. */
export function formatOfName(name: string): FormatName {
  const format = FORMAT_OF_EXTENSION[extname(name.replace(/\/+$/, "")).toLowerCase()];
  if (format !== undefined) return format;
  throw new AtsError(
    "INVALID_ARGUMENT",
    `The format of "${name}" cannot be told from its name; end it in .ats, .zarr or .h5ad, or pass the format.`,
    { path: name },
  );
}
