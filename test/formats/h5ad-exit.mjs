// Opens the file named on the command line, reads from it and ends without closing it.
import { openH5ad } from "../../dist/formats/h5ad.js";

const { elements } = await openH5ad(process.argv[2]);
await elements.X.read();
process.stdout.write(`${elements.shape.join(" ")}\n`);
