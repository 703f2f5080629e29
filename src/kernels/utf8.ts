/** Strings in Arrow's layout: selections, and where names are among many. */
import { allocate } from "../dtype.js";
import type { AxisSelection } from "../selection/axis.js";
import { allocateIntegers, kernelAxis } from "./arrays.js";
import { assertSound } from "./fault.js";
import { runStepsSync, type Steps, step } from "./steps.js";

/** `count + 1` offsets into UTF-8 bytes: string `i` is `bytes[offsets[i] … offsets[i + 1]]`. 64-bit offsets where 32 do not reach. */
export interface Utf8 {
  readonly offsets: Int32Array | BigInt64Array;
  readonly bytes: Uint8Array;
}

/**
 * The selected strings, in request order, duplicates kept.
 * @throws AtsError `INVALID_ARGUMENT` where a position is outside, `CORRUPT` where offsets leave the bytes
 */
export function takeUtf8(text: Utf8, selection: AxisSelection): Utf8 {
  return runStepsSync(takeSteps(text, selection));
}

function* takeSteps(text: Utf8, selection: AxisSelection): Steps<Utf8> {
  const positions = kernelAxis(selection);
  const measured = yield step("measureStrings", selection.count, { ...text, positions });
  assertSound(measured, undefined);
  const outOffsets = allocateIntegers(selection.count + 1, measured.value);
  const outBytes = allocate("uint8", measured.value);
  const outcome = yield step("takeStrings", measured.value, { ...text, positions, outOffsets, outBytes });
  assertSound(outcome, undefined);
  return { offsets: outOffsets, bytes: outBytes };
}

/**
 * For each string of `text` the number of the entry of `wanted` that it equals, or -1. The entries of `wanted` are distinct.
 * @throws AtsError `CORRUPT` where offsets leave the bytes
 */
export function matchUtf8(text: Utf8, wanted: Utf8): Int32Array {
  return runStepsSync(matchSteps(text, wanted));
}

function* matchSteps(text: Utf8, wanted: Utf8): Steps<Int32Array> {
  const names = new Int32Array(text.offsets.length - 1);
  const outcome = yield step("matchNames", names.length, {
    offsets: text.offsets,
    bytes: text.bytes,
    wantedOffsets: wanted.offsets,
    wantedBytes: wanted.bytes,
    names,
  });
  assertSound(outcome, undefined);
  return names;
}
