/** What a kernel's fault means, as a typed error. */
import { AtsError, type AtsErrorCode } from "../errors.js";
import type { KernelOutcome } from "../native/kernels.js";

/** The faults that callers tell apart; the numbers of `FaultKind` in native/core/fault.h. */
export const Fault = { indexRange: 4, valueRange: 5, selectionRange: 6, changed: 7, lineForm: 13 } as const;

const MEANINGS: readonly (readonly [AtsErrorCode, (at: number) => string])[] = [
  ["INTERNAL", () => "Nothing is wrong."],
  ["CORRUPT", (at) => `indptr must start at 0 and never be negative; see its entry ${at}.`],
  ["CORRUPT", (at) => `indptr descends after its entry ${at}.`],
  ["CORRUPT", (at) => `indptr reaches past the stored values, or ends before them; see its entry ${at}.`],
  ["CORRUPT", (at) => `The index of the stored value ${at} is outside the matrix.`],
  ["CORRUPT", (at) => `The number at position ${at} is outside the range that it may have.`],
  ["INVALID_ARGUMENT", (at) => `Entry ${at} of the selection is outside the axis; select positions that it has.`],
  [
    "INVALID_ARGUMENT",
    () => "The arrays changed while they were read; do not write to them before the call has ended.",
  ],
  ["LIMIT_EXCEEDED", () => "There is not enough memory; select fewer rows or columns, or read in batches."],
  ["CORRUPT", (at) => `A chunk of strings says another number of them than it has; see string ${at}.`],
  ["CORRUPT", (at) => `String ${at} leaves the bytes that hold it.`],
  ["CORRUPT", (at) => `Bytes are left over, or missing, at string ${at}.`],
  ["CORRUPT", (at) => `String ${at} is not UTF-8.`],
  ["CORRUPT", (at) => `Line ${at} is not what it should be.`],
];

/** The error of a fault, naming `path` (such as `layers/counts`) where there is one. */
export function faultError(outcome: KernelOutcome, path: string | undefined): AtsError {
  const [code, message] = MEANINGS[outcome.fault] as (typeof MEANINGS)[number];
  const text = message(outcome.position);
  return path === undefined ? new AtsError(code, text) : new AtsError(code, `${path}: ${text}`, { path });
}

/** Throws the error of `outcome` if it has a fault. */
export function assertSound(outcome: KernelOutcome, path: string | undefined): void {
  if (outcome.fault !== 0) throw faultError(outcome, path);
}
