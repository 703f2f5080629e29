/** Where the files of the workers are. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { PACKAGE_ROOT } from "../package-root.js";

/**
 * The address of the worker whose source is `src/workers/<name>.ts`. Worker threads need JavaScript, so that tests, which load
 * TypeScript, take the built file, too.
 */
export function workerUrl(name: string): URL {
  return pathToFileURL(join(PACKAGE_ROOT, "dist", "workers", `${name}.js`));
}
