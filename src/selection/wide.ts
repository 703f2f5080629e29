/** Comparisons of 64-bit integer columns, exact and by halves, so that no BigInt is made per value. */
import { OUTCOMES } from "./ordering.js";
import type { Comparison } from "./predicate.js";
import { TRUE, type Truth } from "./tri-state.js";

type WideArray = BigInt64Array | BigUint64Array;

/** Whether the values are 64-bit integers. */
export function isWide(data: ArrayBufferView): data is WideArray {
  return data instanceof BigInt64Array || data instanceof BigUint64Array;
}

interface Halves {
  readonly high: Int32Array | Uint32Array;
  readonly low: Uint32Array;
}

/** The halves of the values, as views with a stride of two; every platform that Node runs on is little endian here. */
function halvesOf(data: WideArray): Halves {
  const { buffer, byteOffset, length } = data;
  const low = new Uint32Array(buffer, byteOffset, length * 2);
  const high = data instanceof BigInt64Array ? new Int32Array(buffer, byteOffset, length * 2) : low;
  return { high, low };
}

/** Compares every value with a number or bigint, exactly: fractions lie between integers. */
export function compareWide(data: WideArray, comparison: Comparison, literal: number | bigint): Truth {
  const outcomes = OUTCOMES[comparison];
  if (typeof literal === "number" && !Number.isFinite(literal)) {
    const outcome = Number.isNaN(literal) ? 3 : literal > 0 ? 0 : 2;
    return new Uint8Array(data.length).fill(outcomes[outcome]);
  }
  const floor = typeof literal === "bigint" ? literal : BigInt(Math.floor(literal));
  const exact = typeof literal === "bigint" || Number.isInteger(literal);
  const [lowest, highest] = limits(data);
  if (floor < lowest) return new Uint8Array(data.length).fill(outcomes[2]);
  if (floor > highest) return new Uint8Array(data.length).fill(outcomes[0]);
  // Where the literal is a fraction, values equal to its floor are less than it.
  return compareHalves(data, floor, [outcomes[0], exact ? outcomes[1] : outcomes[0], outcomes[2]]);
}

function compareHalves(data: WideArray, bound: bigint, outcomes: readonly number[]): Truth {
  const { high, low } = halvesOf(data);
  const boundHigh = Number(bound >> 32n);
  const boundLow = Number(bound & 0xffffffffn);
  const [less, equal, greater] = outcomes as [number, number, number];
  const truth = new Uint8Array(data.length);
  for (let i = 0, half = 0; i < truth.length; i++, half += 2) {
    const upper = high[half + 1] as number;
    const lower = low[half] as number;
    if (upper !== boundHigh) truth[i] = upper < boundHigh ? less : greater;
    else truth[i] = lower === boundLow ? equal : lower < boundLow ? less : greater;
  }
  return truth;
}

/** Whether every value is one of `literals`; fractions and what is out of range match nothing. */
export function isInWide(data: WideArray, literals: readonly (number | bigint)[]): Truth {
  const [lowest, highest] = limits(data);
  const wanted = new Map<number, Set<number>>();
  for (const literal of literals) {
    if (typeof literal === "number" && !Number.isInteger(literal)) continue;
    const value = BigInt(literal);
    if (value < lowest || value > highest) continue;
    const high = Number(value >> 32n);
    wanted.set(high, (wanted.get(high) ?? new Set()).add(Number(value & 0xffffffffn)));
  }
  const { high, low } = halvesOf(data);
  const truth = new Uint8Array(data.length);
  for (let i = 0, half = 0; i < truth.length; i++, half += 2) {
    if (wanted.get(high[half + 1] as number)?.has(low[half] as number)) truth[i] = TRUE;
  }
  return truth;
}

function limits(data: WideArray): readonly [bigint, bigint] {
  return data instanceof BigInt64Array ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, 2n ** 64n - 1n];
}
