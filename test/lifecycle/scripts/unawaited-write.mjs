/** Starts a write that nobody waits for: the process still ends by itself. */
import { storedArray } from "./stores.mjs";

const { store } = await storedArray(64);
store.write(7);
console.log("opened");
