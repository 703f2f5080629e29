import { AtsError, type AtsErrorCode } from "../errors.js";
import type { Addon } from "../native/addon.js";
import { loadAddon } from "../native/load.js";

let addon: Addon | undefined;

/**
 * The native addon, told how to make this package's errors.
 * @throws AtsError UNSUPPORTED where there is no binary for this platform
 */
export function native(): Addon {
  if (addon === undefined) {
    addon = loadAddon();
    addon.setErrorFactory(makeError);
  }
  return addon;
}

function makeError(code: string, message: string, path: string | undefined, cause: Error): AtsError {
  return new AtsError(code as AtsErrorCode, message, path === undefined ? { cause } : { path, cause });
}
