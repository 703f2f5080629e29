/** `ats bench`: how long a store takes for what its users commonly ask of it. */
import { performance } from "node:perf_hooks";
import type { AnnData } from "../anndata/anndata.js";
import { open } from "../anndata/open.js";
import { itemSize } from "../dtype.js";
import { numericDType } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { OpenOptions, StoreFormat } from "../formats/types.js";
import type { PlanSummary } from "../plan/types.js";

/** Options of {@link bench}. */
export interface BenchOptions extends Pick<OpenOptions, "threads" | "limits" | "signal"> {
  /** Observations of the accesses that select some. Default 1,000. */
  readonly rows?: number | undefined;
  /** Variables of the accesses that select some. Default 20. */
  readonly columns?: number | undefined;
  /** How often each access is timed. Default 5. */
  readonly rounds?: number | undefined;
  /** The largest X that is read whole, in bytes of memory. Default 1 GiB. */
  readonly wholeBytes?: number | undefined;
  /** Called before each round of an access. */
  readonly onRound?: ((access: string, round: number, rounds: number) => void) | undefined;
}

/** The times of one access, in milliseconds, and what it takes. */
export interface AccessReport {
  /** Such as `X, 1,000 rows in a row`. */
  readonly access: string;
  /** The first round, which may have waited for the disk. */
  readonly first: number;
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Chunks that are decoded, and their bytes once decoded; null for opening. */
  readonly chunks: number | null;
  readonly bytes: number | null;
}

/** What {@link bench} finds. */
export interface BenchReport {
  readonly format: StoreFormat;
  readonly shape: readonly [number, number];
  readonly accesses: readonly AccessReport[];
  /** The process's peak of resident memory at the end, in bytes. */
  readonly peakMemory: number;
}

const DEFAULT_WHOLE_BYTES = 2 ** 30;

/** One access: an element of a view. */
interface Access {
  readonly access: string;
  readonly view: (adata: AnnData) => AnnData;
  readonly element: "X" | "obs";
}

/**
 * Times opening the store at `path`, reading obs, and rows, columns and all of X, each in a store that was just opened, so that nothing is kept from round to round but
 * the system's page cache. The rows and columns are the same for every store of a shape. `INVALID_ARGUMENT` for a number that is not positive; else the errors of
 * `open` and of reading.
 */
export async function bench(path: string | URL, options: BenchOptions = {}): Promise<BenchReport> {
  const { rows = 1000, columns = 20, rounds = 5, signal } = options;
  for (const [name, value] of Object.entries({ rows, columns, rounds })) {
    if (Number.isSafeInteger(value) && value > 0) continue;
    throw new AtsError("INVALID_ARGUMENT", `${name} is ${value}; it must be a whole number of at least 1.`);
  }
  const opened: number[] = [];
  const adata = await open(path, options);
  const { shape } = adata;
  const format = adata.store?.format as StoreFormat;
  let accesses: Access[];
  let plans: PlanSummary[];
  try {
    accesses = accessesOf(adata, rows, columns, options.wholeBytes ?? DEFAULT_WHOLE_BYTES);
    plans = [];
    for (const { view, element } of accesses) plans.push(await view(adata).explain({ elements: [element], signal }));
  } finally {
    await adata.close();
  }
  const times: number[][] = accesses.map(() => []);
  for (const [i, access] of accesses.entries()) {
    for (let round = 0; round < rounds; round++) {
      options.onRound?.(access.access, round, rounds);
      const [opening, reading] = await timeOnce(path, access, options);
      opened.push(opening);
      (times[i] as number[]).push(reading);
    }
  }
  const reports = accesses.map(({ access }, i) => {
    const { chunks, bytes } = plans[i] as PlanSummary;
    return report(access, times[i] as number[], { chunks, bytes });
  });
  const opening = report("open", opened, { chunks: null, bytes: null });
  const peakMemory = process.resourceUsage().maxRSS * 1024;
  return { format, shape, accesses: [opening, ...reports], peakMemory };
}

async function timeOnce(
  path: string | URL,
  { view, element }: Access,
  options: BenchOptions,
): Promise<[number, number]> {
  const { signal } = options;
  const start = performance.now();
  const adata = await open(path, options);
  const opened = performance.now();
  try {
    await view(adata)[element].read({ signal });
    return [opened - start, performance.now() - opened];
  } finally {
    await adata.close();
  }
}

function report(access: string, times: readonly number[], plan: Pick<AccessReport, "chunks" | "bytes">): AccessReport {
  const sorted = times.toSorted((a, b) => a - b);
  const [first, least, median, most] = [times[0], sorted[0], sorted[sorted.length >> 1], sorted.at(-1)] as [
    number,
    number,
    number,
    number,
  ];
  return { access, first, median, least, most, ...plan };
}

function accessesOf(adata: AnnData, rows: number, columns: number, wholeBytes: number): Access[] {
  const [nObs, nVars] = adata.shape;
  const [some, few] = [Math.min(rows, nObs), Math.min(columns, nVars)];
  const obs = scattered(nObs, some);
  const variables = scattered(nVars, few);
  const start = Math.floor((nObs - some) / 2);
  const n = (count: number) => count.toLocaleString("en");
  const element = "X";
  const ofTable: Access = { access: "obs", view: (all) => all, element: "obs" };
  if (adata.elements.X === null) return [ofTable];
  const ofX: Access[] = [
    {
      access: `X, ${n(some)} rows in a row`,
      view: (all) => all.select({ obs: { start, stop: start + some } }),
      element,
    },
    { access: `X, ${n(some)} scattered rows`, view: (all) => all.select({ obs }), element },
    { access: `X, ${n(few)} scattered columns`, view: (all) => all.select({ var: variables }), element },
    { access: `X, ${n(some)} rows × ${n(few)} columns`, view: (all) => all.select({ obs, var: variables }), element },
  ];
  const whole: Access = { access: "X, all of it", view: (all) => all, element };
  return [ofTable, ...ofX, ...(bytesOf(adata) <= wholeBytes ? [whole] : [])];
}

/** Bytes of X in memory; of a sparse one that does not say how many values it has, as if it had all. */
function bytesOf({ elements: { X }, shape: [nObs, nVars] }: AnnData): number {
  const dtype = X === null ? undefined : numericDType(X);
  if (X === null || dtype === undefined) return 0;
  return X.sparse === null ? nObs * nVars * itemSize(dtype) : (X.info.nnz ?? nObs * nVars) * (itemSize(dtype) + 4);
}

/** `count` different positions of 0 … `length` - 1 in no order: steps of the golden ratio, made coprime to the length. */
function scattered(length: number, count: number): number[] {
  let step = Math.max(1, Math.round(length * 0.618));
  while (divisor(step, length) > 1) step++;
  return Array.from({ length: count }, (_, i) => (i * step) % length);
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
