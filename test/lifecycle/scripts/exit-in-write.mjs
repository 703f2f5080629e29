/** Ends the process in the middle of a write, a few milliseconds in (second argument). */
import { storedArray } from "./stores.mjs";

const { store } = await storedArray(256);
const write = store.write(new Float32Array(256 * 4096).fill(3));
write.committed.catch(() => {});
setTimeout(() => process.exit(0), Number(process.argv[3]));
