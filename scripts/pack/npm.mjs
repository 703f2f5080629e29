import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { BuildFailure } from "../third-party/failure.mjs";

/**
 * npm's own script, to be run by node: so it works where PATH holds node alone.
 * @returns {string} @throws BuildFailure when there is no npm
 */
export function npmCommand() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = [
    process.env.npm_execpath ?? "",
    ...folders
      .map((folder) => join(folder, "npm"))
      .filter((path) => existsSync(path))
      .map((path) => realpathSync(path)),
    join(dirname(process.execPath), "node_modules", "npm", "bin", "npm-cli.js"),
  ];
  const found = candidates.find((path) => path.endsWith(".js") && existsSync(path));
  if (!found) throw new BuildFailure("npm was not found on PATH; install it beside Node");
  return found;
}
