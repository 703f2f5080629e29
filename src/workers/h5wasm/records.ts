/** Reads records (numpy's structured arrays) field by field. */
import { viewAs } from "../../dtype.js";
import { sizeOf } from "../../elements/dense.js";
import type { AxisSelection } from "../../selection/axis.js";
import type { Turn } from "../serve.js";
import { readBlocks } from "./blocks.js";
import type { Dataset } from "./describe.js";
import { failure, type H5File } from "./h5-file.js";
import type { H5Numbers, H5Records, H5Strings } from "./messages.js";
import { planRead } from "./plan.js";
import { forEachValue } from "./scatter.js";
import { swapBytes } from "./swap.js";
import { TextSink } from "./text.js";
import type { NumericType, RecordField, RecordType, TextType } from "./types.js";

/** One field of the result while it is filled. */
interface Column {
  /** Takes record `target` from the record that starts at `at` of the heap. */
  take(heap: Uint8Array, at: number, target: number): void;
  finish(): H5Numbers | H5Strings;
}

/** The selected records of a one-dimensional (or scalar) dataset; `UNSUPPORTED` for other ranks. */
export function readRecords(
  file: H5File,
  dataset: Dataset,
  type: RecordType,
  selection: readonly AxisSelection[],
  turn: Turn,
): H5Records {
  if (selection.length > 1) {
    throw failure(file.setup, "UNSUPPORTED", dataset.address, "holds records in more than one dimension");
  }
  const length = selection[0]?.count ?? 1;
  const columns = type.fields.map((field) => newColumn(file, dataset.address, field, length));
  if (length > 0) {
    const plans = planRead(dataset.shape, dataset.metadata.chunks, type.size, selection);
    readBlocks(file, dataset, plans, turn, (pointer, block) => {
      const heap = file.module.HEAPU8;
      forEachValue(block, [length], (source, target) => {
        for (const column of columns) column.take(heap, pointer + source * type.size, target);
      });
    });
  }
  const fields = type.fields.map((field, i) => ({ name: field.name, value: (columns[i] as Column).finish() }));
  return { kind: "records", length, fields };
}

function newColumn(file: H5File, address: string, field: RecordField, length: number): Column {
  const shape = [length, ...field.shape];
  return field.type.kind === "text"
    ? textColumn(file, address, field, field.type, shape)
    : numericColumn(field, field.type, shape);
}

function numericColumn(field: RecordField, type: NumericType, shape: readonly number[]): Column {
  const width = type.size * sizeOf(field.shape);
  const bytes = new Uint8Array(sizeOf(shape) * type.size);
  return {
    take(heap, at, target) {
      const from = at + field.offset;
      for (let i = 0; i < width; i++) bytes[target * width + i] = heap[from + i] as number;
    },
    finish() {
      if (type.swap > 0) swapBytes(bytes, type.swap);
      return { kind: "numbers", dtype: type.dtype, shape, data: viewAs(type.dtype, bytes.buffer, 0, sizeOf(shape)) };
    },
  };
}

function textColumn(
  file: H5File,
  address: string,
  field: RecordField,
  type: TextType,
  shape: readonly number[],
): Column {
  const width = sizeOf(field.shape);
  const sink = new TextSink(sizeOf(shape));
  return {
    take(heap, at, target) {
      for (let i = 0; i < width; i++) sink.add(target * width + i, heap, at + field.offset + i * type.size, type);
    },
    finish: () => sink.finish(file, address, shape),
  };
}
