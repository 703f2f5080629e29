// Saves a file at argv[2] over what is there, says so once its staging file is there, and waits to be killed.
import { writeFileSync } from "node:fs";

const { saveFile } = await import(new URL("../../../out/modules/durability/save-file.js", import.meta.url).href);
await saveFile(process.argv[2], { overwrite: true }, async (staging) => {
  writeFileSync(staging, "half");
  console.log("staged");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
