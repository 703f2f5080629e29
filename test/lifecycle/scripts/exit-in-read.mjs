/** Ends the process in the middle of reads, a few milliseconds in (second argument). */
import { storedArray } from "./stores.mjs";

const { store } = await storedArray();
for (let i = 0; i < 8; i++) store.read().catch(() => {});
setTimeout(() => process.exit(0), Number(process.argv[3]));
