/**
 * Edits an .h5ad in a process of its own: `edit-h5ad.mjs FILE TITLE` sets uns/title. Prints the error's code and exits with 1 where that fails.
 */
import { edit } from "../../../dist/index.js";

const [file, title] = process.argv.slice(2);
try {
  await edit(file, { set: { "uns/title": title } });
} catch (error) {
  console.log(error.code);
  process.exitCode = 1;
}
