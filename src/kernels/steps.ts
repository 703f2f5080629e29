/**
 * A kernel is written once, as a generator of steps, and runs in two ways: off the JavaScript thread, or at once.
 */
import { AtsError } from "../errors.js";
import type { KernelArguments, KernelExports, KernelOutcome, Kernels } from "../native/kernels.js";
import { loadAddon } from "../native/load.js";
import type { KernelOptions } from "./types.js";

/** One call of a native kernel. */
export interface Step {
  /** The number of values that it touches: few enough, and it runs at once. */
  readonly work: number;
  run(kernels: Kernels, async: boolean): KernelOutcome | Promise<KernelOutcome>;
}

/** A kernel: it yields steps, is handed their outcomes and returns its result. */
export type Steps<R> = Generator<Step, R, KernelOutcome>;

/** Below this many values, a call off-thread costs more than the work. */
const SMALL_WORK = 1 << 16;

/** The step that calls the native kernel `name`. */
export function step<K extends keyof KernelArguments>(name: K, work: number, args: KernelArguments[K]): Step {
  return {
    work,
    run: (kernels, async) =>
      (kernels[name] as (args: KernelArguments[K], async: boolean) => KernelOutcome | Promise<KernelOutcome>)(
        args,
        async,
      ),
  };
}

/** Runs `steps`, the large ones on a thread of the pool. Rejects with `signal.reason` between steps once aborted. */
export async function runSteps<R>(steps: Steps<R>, options: KernelOptions): Promise<R> {
  for (let next = steps.next(); ; ) {
    options.signal?.throwIfAborted();
    if (next.done === true) return next.value;
    next = steps.next(await call(next.value, next.value.work >= SMALL_WORK));
  }
}

/** Runs `steps` on the calling thread. */
export function runStepsSync<R>(steps: Steps<R>): R {
  for (let next = steps.next(); ; ) {
    if (next.done === true) return next.value;
    next = steps.next(call(next.value, false) as KernelOutcome);
  }
}

function call(step: Step, async: boolean): KernelOutcome | Promise<KernelOutcome> {
  try {
    return step.run((loadAddon() as unknown as KernelExports).kernels, async);
  } catch (cause) {
    if ((cause as { code?: unknown }).code !== "INVALID_ARGUMENT") throw cause;
    throw new AtsError("INVALID_ARGUMENT", (cause as Error).message, { cause });
  }
}
