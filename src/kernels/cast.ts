/** Values as another element type, proved to stay the numbers that they are. */
import { type ArrayFor, allocateUnset, DTYPES, type DType, lanes, type TypedArray } from "../dtype.js";
import { assertSound, Fault } from "./fault.js";
import { runSteps, type Steps, step } from "./steps.js";
import type { KernelOptions } from "./types.js";

/** Values of a type. */
export interface TypedValues {
  readonly dtype: DType;
  readonly data: TypedArray;
}

/** All values as another type, or the position of the first that would not stay the same number. */
export type ExactCast<D extends DType> = { readonly data: ArrayFor<D> } | { readonly inexactAt: number };

/**
 * `values` as `dtype`. Each must stay the same number and have the same bits when it is converted back: -0 is not 0, and NaN stays the NaN that it is.
 * @throws AtsError `INVALID_ARGUMENT` where one type is complex and the other is not
 */
export function castExactly<D extends DType>(
  values: TypedValues,
  dtype: D,
  options: KernelOptions = {},
): Promise<ExactCast<D>> {
  return runSteps(castSteps(values, dtype, options), options);
}

/**
 * Those of `candidates` that {@link castExactly} takes all of `values` to.
 * @throws AtsError `INVALID_ARGUMENT` where a candidate is complex and `values` are not, or the other way round
 */
export function typesThatHold(
  values: TypedValues,
  candidates: readonly DType[],
  options: KernelOptions = {},
): Promise<DType[]> {
  return runSteps(holdSteps(values, candidates, options), options);
}

function argumentsOf({ dtype, data }: TypedValues) {
  return { dtype, values: data, count: data.length / lanes(dtype) };
}

function* castSteps<D extends DType>(values: TypedValues, dtype: D, options: KernelOptions): Steps<ExactCast<D>> {
  const args = argumentsOf(values);
  const data = allocateUnset(dtype, args.count);
  const outcome = yield step("castExactly", args.count, { ...args, outDtype: dtype, out: data });
  if (outcome.fault === Fault.valueRange) return { inexactAt: outcome.position };
  assertSound(outcome, options.path);
  return { data };
}

function* holdSteps(values: TypedValues, candidates: readonly DType[], options: KernelOptions): Steps<DType[]> {
  const args = argumentsOf(values);
  const set = candidates.reduce((bits, dtype) => bits | (1 << DTYPES.indexOf(dtype)), 0);
  const outcome = yield step("typesThatHold", args.count * candidates.length, { ...args, candidates: set });
  assertSound(outcome, options.path);
  return candidates.filter((dtype) => outcome.value & (1 << DTYPES.indexOf(dtype)));
}
