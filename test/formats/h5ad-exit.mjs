// Opens the file named on the command line, reads from it and ends without closing it.
import { open } from "../../dist/index.js";

const adata = await open(process.argv[2]);
await adata.X.read();
process.stdout.write(`${adata.shape.join(" ")}\n`);
