import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The nearest folder at or above `folder` that holds a package.json; the root of the file system where there is none. */
function packageFolder(folder: string): string {
  const parent = dirname(folder);
  return parent === folder || existsSync(join(folder, "package.json")) ? folder : packageFolder(parent);
}

/** The package's own folder. Looked for, because `dist` has this module in other places than `src`. */
export const PACKAGE_ROOT = packageFolder(dirname(fileURLToPath(import.meta.url)));
