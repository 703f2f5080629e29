/** Opens a store and does nothing more: the process ends by itself, at once. The parent takes the time from "opened". */
import { open } from "./stores.mjs";

const store = await open({ driver: "zarr3", kvstore: "memory://idle/" }, { dtype: "int8", shape: [4], create: true });
await store.write(1);
await store.read();
console.log("opened");
