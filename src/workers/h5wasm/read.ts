/** Reads a selection of a dataset. */
import { viewAs } from "../../dtype.js";
import { sizeOf } from "../../elements/dense.js";
import type { AxisSelection } from "../../selection/axis.js";
import { Moved, type Turn } from "../serve.js";
import { readBlocks } from "./blocks.js";
import { checkReadable, type Dataset, openDataset } from "./describe.js";
import { failure, type H5File } from "./h5-file.js";
import type { H5Numbers, H5ReadRequest, H5Strings, H5Value } from "./messages.js";
import { planRead } from "./plan.js";
import { readRecords } from "./records.js";
import { forEachValue, scatter } from "./scatter.js";
import { swapBytes } from "./swap.js";
import { TextSink } from "./text.js";
import type { NumericType, TextType } from "./types.js";

/** What a string of variable length is taken to need of the library's heap, when reads are cut into pieces. */
const VARIABLE_BYTES = 128;

/**
 * Reads what `request` selects; the buffers of the answer move to the caller. `UNSUPPORTED` for types and filters that are not
 * there, `LIMIT_EXCEEDED` for what is too large, `CORRUPT` for values that cannot be decoded.
 */
export function readSelection(file: H5File, request: H5ReadRequest, turn: Turn): Moved {
  const dataset = openDataset(file, request.address);
  checkReadable(file, dataset);
  checkBounds(file, dataset, request.selection);
  try {
    const value = readValue(file, dataset, request.selection, turn);
    return new Moved(value, buffersOf(value));
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    // What the runtime says when it cannot make a buffer.
    throw failure(
      file.setup,
      "LIMIT_EXCEEDED",
      request.address,
      "would give too much at once; select fewer rows or columns",
    );
  }
}

function readValue(file: H5File, dataset: Dataset, selection: readonly AxisSelection[], turn: Turn): H5Value {
  const { type } = dataset;
  const shape = selection.map((axis) => axis.count);
  if (type.kind === "numeric") return readNumbers(file, dataset, type, selection, shape, turn);
  if (type.kind === "text") return readStrings(file, dataset, type, selection, shape, turn);
  if (type.kind === "records") return readRecords(file, dataset, type, selection, turn);
  throw failure(file.setup, "UNSUPPORTED", dataset.address, "holds object references, which are not read");
}

function readNumbers(
  file: H5File,
  dataset: Dataset,
  type: NumericType,
  selection: readonly AxisSelection[],
  shape: readonly number[],
  turn: Turn,
): H5Numbers {
  const count = sizeOf(shape);
  const bytes = new Uint8Array(count * type.size);
  if (count > 0) {
    const plans = planRead(dataset.shape, dataset.metadata.chunks, type.size, selection);
    readBlocks(file, dataset, plans, turn, (pointer, block) =>
      scatter(file.module.HEAPU8, pointer, type.size, block, shape, bytes),
    );
  }
  if (type.swap > 0) swapBytes(bytes, type.swap);
  return { kind: "numbers", dtype: type.dtype, shape, data: viewAs(type.dtype, bytes.buffer, 0, count) };
}

function readStrings(
  file: H5File,
  dataset: Dataset,
  type: TextType,
  selection: readonly AxisSelection[],
  shape: readonly number[],
  turn: Turn,
): H5Strings {
  const sink = new TextSink(sizeOf(shape));
  if (sizeOf(shape) > 0) {
    const itemBytes = type.variable ? VARIABLE_BYTES : type.size;
    const plans = planRead(dataset.shape, dataset.metadata.chunks, itemBytes, selection);
    readBlocks(file, dataset, plans, turn, (pointer, block) => {
      const heap = file.module.HEAPU8;
      forEachValue(block, shape, (source, target) => sink.add(target, heap, pointer + source * type.size, type));
    });
  }
  return sink.finish(file, dataset.address, shape);
}

/** `INVALID_ARGUMENT` unless there is one entry per dimension and all of it lies on its axis. */
function checkBounds(file: H5File, { address, shape }: Dataset, selection: readonly AxisSelection[]): void {
  const inside = (axis: AxisSelection, extent: number): boolean => {
    if (axis.count === 0) return true;
    if (axis.kind === "positions")
      return axis.positions.every((position: number) => position >= 0 && position < extent);
    const last = axis.start + (axis.count - 1) * axis.step;
    return Math.min(axis.start, last) >= 0 && Math.max(axis.start, last) < extent;
  };
  if (selection.length !== shape.length || !selection.every((axis, i) => inside(axis, shape[i] as number))) {
    const what = `has shape [${shape.join(", ")}], which the selection does not fit`;
    throw failure(file.setup, "INVALID_ARGUMENT", address, what);
  }
}

function buffersOf(value: H5Value): ArrayBuffer[] {
  if (value.kind === "numbers") return [value.data.buffer as ArrayBuffer];
  if (value.kind === "strings")
    return [value.bytes, value.starts, value.lengths].map((part) => part.buffer as ArrayBuffer);
  return value.fields.flatMap((field) => buffersOf(field.value));
}
