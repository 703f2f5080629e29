/** Walks the pieces of a planned read: reads each into the heap and hands it on. */

import type { Turn } from "../serve.js";
import type { Dataset } from "./describe.js";
import { ask, failure, type H5File, withHeap } from "./h5-file.js";
import { type AxisPlan, type Segment, segments } from "./plan.js";

/** What is done with one piece: its values lie at `pointer` of the heap, in C order, one segment per axis. */
export type UseBlock = (pointer: number, block: readonly Segment[]) => void;

/** Reads every piece of `plans` in turn. `CORRUPT` where the library cannot read one. */
export function readBlocks(
  file: H5File,
  dataset: Dataset,
  plans: readonly AxisPlan[],
  turn: Turn,
  use: UseBlock,
): void {
  const most = plans.reduce((product, plan) => product * Math.min(plan.step, longest(plan)), dataset.metadata.size);
  withHeap(file, dataset.address, most, (pointer) => {
    const block: Segment[] = [];
    const visit = (axis: number): void => {
      const plan = plans[axis];
      if (plan === undefined) {
        turn.step();
        readBlock(file, dataset, pointer, block);
        finishBlock(file, dataset, pointer, block, use);
        return;
      }
      for (const segment of segments(plan)) {
        block[axis] = segment;
        visit(axis + 1);
      }
    };
    visit(0);
  });
}

function longest({ selection, step }: AxisPlan): number {
  return selection.kind === "range" ? Math.max(1, (selection.count - 1) * Math.abs(selection.step) + 1) : step;
}

function readBlock(file: H5File, dataset: Dataset, pointer: number, block: readonly Segment[]): void {
  const { address } = dataset;
  const offset = block.map((segment) => BigInt(segment.start));
  const count = block.map((segment) => BigInt(segment.length));
  const whole = block.length === 0;
  const status = ask(file, address, (module, id) =>
    whole
      ? module.get_dataset_data(id, address, null, null, null, BigInt(pointer))
      : module.get_dataset_data(
          id,
          address,
          count,
          offset,
          block.map(() => 1n),
          BigInt(pointer),
        ),
  );
  if (status < 0) throw failure(file.setup, "CORRUPT", address, "has values that cannot be read");
}

/** Hands the piece on, then frees the strings that the library allocated for it. */
function finishBlock(file: H5File, dataset: Dataset, pointer: number, block: readonly Segment[], use: UseBlock): void {
  const { address, type } = dataset;
  const variable =
    (type.kind === "text" && type.variable) ||
    (type.kind === "records" && type.fields.some((field) => field.type.kind === "text" && field.type.variable));
  try {
    use(pointer, block);
  } finally {
    if (variable) {
      const count = block.map((segment) => BigInt(segment.length));
      ask(file, address, (module, id) =>
        count.length === 0
          ? module.reclaim_vlen_memory(id, address, "", BigInt(pointer))
          : module.reclaim_vlen_memory_count(id, address, "", BigInt(pointer), count),
      );
    }
  }
}
