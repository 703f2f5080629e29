/** Selections of text in Arrow's layout. */
import { takeUtf8 } from "../kernels/utf8.js";
import { type AxisSelection, positionAt } from "../selection/axis.js";
import { type ArrowText, isPresent } from "./utf8.js";

/** The selected strings, in request order, duplicates kept. A run of strings shares its bytes. */
export function takeText(text: ArrowText, selection: AxisSelection): ArrowText {
  const validity = takeValidity(text, selection);
  if (selection.kind === "range" && selection.step === 1) {
    const offsets = text.offsets.subarray(selection.start, selection.start + selection.count + 1);
    return { offsets, bytes: text.bytes, validity };
  }
  return { ...takeUtf8(text, selection), validity };
}

/** Undefined where none of the selected strings is missing. */
function takeValidity(text: ArrowText, selection: AxisSelection): Uint8Array | undefined {
  if (text.validity === undefined) return undefined;
  const bits = new Uint8Array((selection.count + 7) >> 3);
  let missing = 0;
  for (let i = 0; i < selection.count; i++) {
    if (isPresent(text, positionAt(selection, i))) bits[i >> 3] = (bits[i >> 3] as number) | (1 << (i & 7));
    else missing++;
  }
  return missing === 0 ? undefined : bits;
}
