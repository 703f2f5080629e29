/** An HDF5 file that is open in this worker, and the one way to call the library: every failure becomes typed. */
import { AtsError, type AtsErrorCode } from "../../errors.js";
import { Broken, Stopped } from "../serve.js";
import { captureDiagnostics, clearDiagnostics, diagnosis } from "./diagnostics.js";
import { HOST_FILE, mountHostFile } from "./host-file.js";
import { installLzf } from "./lzf.js";
import type { H5Setup } from "./messages.js";
import { type H5Module, loadH5wasm } from "./module.js";

/** The open file. */
export interface H5File {
  readonly module: H5Module;
  readonly id: bigint;
  readonly setup: H5Setup;
  /** The names of the members of groups, by address, once they were listed: the file does not change. */
  readonly names: Map<string, ReadonlySet<string>>;
}

/** Loads the library and opens the file; `CORRUPT` where it is no HDF5 file or its superblock is damaged. */
export async function openH5File(setup: H5Setup): Promise<H5File> {
  captureDiagnostics();
  const module = await loadH5wasm();
  mountHostFile(module, setup.fd, setup.size);
  installLzf(module);
  clearDiagnostics();
  const id = guard(setup, "", () => module.open(HOST_FILE, 0, false, -1, -1));
  // The library answers an unusable file with a negative or zero id; what it prints about version bounds means nothing.
  if (id <= 0n) throw failure(setup, "CORRUPT", "", `is not a readable HDF5 file (${diagnosis() ?? "no signature"})`);
  return { module, id, setup, names: new Map() };
}

/** An error about the object at `address` (the file itself where it is empty); `what` is the rest of the sentence. */
export function failure(setup: H5Setup, code: AtsErrorCode, address: string, what: string): AtsError {
  const path = address === "" || address === "/" ? setup.path : `${setup.path}${address}`;
  return new AtsError(code, `${path} ${what}.`, { path });
}

/** Runs `call` of the library about `address`; `CORRUPT` where it throws or reports an error. */
export function ask<T>(file: H5File, address: string, call: (module: H5Module, id: bigint) => T): T {
  clearDiagnostics();
  const result = guard(file.setup, address, () => call(file.module, file.id));
  const reason = diagnosis();
  if (reason !== null) throw failure(file.setup, "CORRUPT", address, `cannot be read: ${reason}`);
  return result;
}

/**
 * Turns what comes out of the library into an AtsError. A trap, an abort or a stack overflow leaves its memory in no known
 * state, so this worker ends.
 */
function guard<T>(setup: H5Setup, address: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    if (AtsError.is(cause) || cause instanceof Broken || cause instanceof Stopped) throw cause;
    const reason = diagnosis() ?? (cause instanceof Error ? cause.message : String(cause));
    const error = failure(setup, "CORRUPT", address, `cannot be read: ${reason.split("\n", 1)[0]}`);
    const harmless = cause instanceof Error && Object.getPrototypeOf(cause) === Error.prototype;
    throw harmless ? error : new Broken(error);
  }
}

/** Allocates `bytes` of the library's heap for the time of `use`; `LIMIT_EXCEEDED` where they do not fit. */
export function withHeap<T>(file: H5File, address: string, bytes: number, use: (pointer: number) => T): T {
  const pointer = bytes > 0x7fff0000 ? 0 : file.module._malloc(Math.max(1, bytes));
  if (pointer === 0) {
    throw failure(file.setup, "LIMIT_EXCEEDED", address, `needs ${bytes} bytes at once, more than an HDF5 reader has`);
  }
  const free = () => file.module._free(pointer);
  try {
    const result = use(pointer);
    free();
    return result;
  } catch (error) {
    // A library that broke must not be called again.
    if (!(error instanceof Broken)) free();
    throw error;
  }
}
