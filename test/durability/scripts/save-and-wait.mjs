// Saves a store at argv[2] over what is there, says so once its staging directory is there, and waits to be killed.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

const { saveDirectory } = await import(new URL("../../../out/modules/durability/save.js", import.meta.url).href);
await saveDirectory(process.argv[2], { format: "ats", overwrite: true }, async (staging) => {
  writeFileSync(join(staging, "X"), "half");
  console.log("staged");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
