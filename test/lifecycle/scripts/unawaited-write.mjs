/** Starts a write that nobody waits for: the process still ends by itself. */
import { storedArray, tempFolder } from "./stores.mjs";

const { store } = await storedArray(tempFolder(), 64);
store.write(7);
console.log("opened");
