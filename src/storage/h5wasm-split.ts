/** Cuts the first axis of a large read into parts. Pure. */
import type { AxisSelection } from "../selection/axis.js";

/**
 * `selection` in parts of about `rows` entries, cut at multiples of `chunk` so that no chunk is decoded for two parts. Positions are
 * cut only where they ascend: out of order, every part might touch every chunk.
 */
export function splitRows(selection: AxisSelection, chunk: number, rows: number): AxisSelection[] {
  if (selection.count <= rows) return [selection];
  if (selection.kind === "range") return splitRange(selection.start, selection.step, selection.count, chunk, rows);
  const { positions, count } = selection;
  for (let i = 1; i < count; i++) {
    if ((positions[i - 1] as number) > (positions[i] as number)) return [selection];
  }
  const parts: AxisSelection[] = [];
  for (let first = 0; first < count; ) {
    let end = Math.min(count, first + rows);
    const block = Math.floor((positions[end - 1] as number) / chunk);
    while (end < count && Math.floor((positions[end] as number) / chunk) === block) end++;
    parts.push({ kind: "positions", positions: positions.subarray(first, end).slice(), count: end - first });
    first = end;
  }
  return parts;
}

function splitRange(start: number, step: number, count: number, chunk: number, rows: number): AxisSelection[] {
  const block = Math.max(chunk, Math.ceil((rows * Math.abs(step)) / chunk) * chunk);
  const parts: AxisSelection[] = [];
  for (let first = 0; first < count; ) {
    const at = start + first * step;
    const edge = step > 0 ? (Math.floor(at / block) + 1) * block - 1 : Math.floor(at / block) * block;
    const taken = Math.min(count - first, Math.floor((edge - at) / step) + 1);
    parts.push({ kind: "range", start: at, step, count: taken });
    first += taken;
  }
  return parts;
}
