/** An open `.ats` directory: where it is and what all of its elements share. */
import type { BigIntStats } from "node:fs";
import { stat } from "node:fs/promises";
import { AtsError } from "../errors.js";
import type { ZarrDirectory } from "../storage/zarr.js";
import type { Seal } from "./ats-seal.js";
import type { Limits } from "./types.js";

export interface AtsStore {
  /** The directory, links resolved. */
  readonly root: string;
  readonly storage: ZarrDirectory;
  readonly limits: Limits;
  /** Of a store that we wrote. */
  readonly seal: Seal | undefined;
  readonly state: { closed: boolean };
  /** Throws `STALE` once another store is at the path. */
  readonly checkCurrent: () => Promise<void>;
}

/** `CLOSED` once the store is closed. */
export function assertOpen(store: AtsStore, path: string): void {
  if (!store.state.closed) return;
  throw new AtsError("CLOSED", `${store.root} was closed before ${path} was read.`, { path });
}

/** A check that the directory at `root`, of which `first` was told, is still the one that is there now. */
export function currentCheck(root: string, first: BigIntStats): () => Promise<void> {
  return async () => {
    const now = await stat(root, { bigint: true }).catch(() => undefined);
    if (now?.ino === first.ino && now.dev === first.dev) return;
    throw new AtsError("STALE", `${root} was replaced since it was opened; open it again.`, { path: root });
  };
}

/** A store that is being replaced while it is opened is opened again. */
const MAX_TRIES = 3;

/** What `open` gives, which is called again where it fails with `STALE`, a few times at most. */
export async function untilCurrent<T>(open: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await open();
    } catch (error) {
      if (!AtsError.is(error) || error.code !== "STALE" || tries === MAX_TRIES) throw error;
    }
  }
}
