/** An open `.ats` directory: where it is and what all of its elements share. */
import { AtsError } from "../errors.js";
import type { TensorStorage } from "../storage/tensorstore.js";
import type { Seal } from "./ats-seal.js";
import type { Limits } from "./types.js";

export interface AtsStore {
  /** The directory, links resolved. */
  readonly root: string;
  readonly storage: TensorStorage;
  readonly limits: Limits;
  /** Of a store that we wrote. */
  readonly seal: Seal | undefined;
  readonly state: { closed: boolean };
}

/** `CLOSED` once the store is closed. */
export function assertOpen(store: AtsStore, path: string): void {
  if (!store.state.closed) return;
  throw new AtsError("CLOSED", `${store.root} was closed before ${path} was read.`, { path });
}
