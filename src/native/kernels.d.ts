/**
 * The kernels of the addon: pure functions over typed arrays. Each takes its arguments by name and whether to run off-thread; outputs are
 * arguments that it fills. A wrong argument throws an error with the code INVALID_ARGUMENT; what is wrong with the
 * contents of the arrays is a fault of the outcome.
 */

/** Int32Array or BigInt64Array; `indices` and `outIndices` of one call have the same type, unless stated. */
type Integers = Int32Array | BigInt64Array;

/** What went wrong; the numbers of `FaultKind` in native/core/fault.h. */
export type KernelFault = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13;

/** How a kernel ended: `fault` 0, or a fault at `position`. */
export interface KernelOutcome {
  readonly fault: KernelFault;
  readonly position: number;
  readonly value: number;
}

/** A normalised selection: a range or positions. */
export type KernelAxis =
  | { readonly start: number; readonly step: number; readonly count: number }
  | { readonly positions: Int32Array | Float64Array };

/** A compressed matrix without its values. */
interface Structure {
  readonly indptr: Integers;
  readonly indices: Integers;
  readonly minor: number;
}

interface Gather extends Structure {
  readonly majors: KernelAxis;
  /** Positions of the minor axis; all of it where absent. */
  readonly columns: KernelAxis | undefined;
}

interface Dense {
  readonly rows: number;
  readonly columns: number;
  readonly dtype: string;
  readonly data: ArrayBufferView;
}

/** Entries of a matrix, one behind the other. */
interface Entries {
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly value: Float32Array;
}

/** Runs of values; whole numbers. */
interface RunArrays {
  readonly runStarts: Float64Array;
  readonly runCounts: Float64Array;
  readonly runPlaces: Float64Array;
}

/** Strings in Arrow's layout. */
interface Text {
  readonly offsets: Integers;
  readonly bytes: Uint8Array;
}

/** Distinct names, in the same layout. */
interface WantedNames {
  readonly wantedOffsets: Integers;
  readonly wantedBytes: Uint8Array;
}

/** The arguments of each kernel. */
export interface KernelArguments {
  /** `minorFirst`: `out` is minor × major, for CSC into row order. */
  densify: Structure & {
    readonly dtype: string;
    readonly data: ArrayBufferView;
    readonly majorStart: number;
    readonly majorStop: number;
    readonly minorStart: number;
    readonly minorStop: number;
    readonly minorFirst: boolean;
    readonly sorted: boolean;
    readonly out: ArrayBufferView;
  };
  /** Fills `starts`; a fault of `columns` has the value 1. */
  gatherStarts: Gather & { readonly starts: Integers };
  gatherFill: Gather & {
    readonly itemSize: number;
    readonly data: ArrayBufferView;
    readonly starts: Integers;
    readonly outIndices: Integers;
    readonly outData: ArrayBufferView;
  };
  /** `outIndices` may be of another type than `indices`. */
  transpose: Structure & {
    readonly itemSize: number;
    readonly data: ArrayBufferView;
    readonly outIndptr: Integers;
    readonly outIndices: Integers;
    readonly outData: ArrayBufferView;
  };
  /** The value is 1 for sorted indices plus 2 for canonical ones. */
  validate: Structure;
  /** Sorts `indices` and `data` in place. */
  sortIndices: Omit<Structure, "minor"> & { readonly itemSize: number; readonly data: ArrayBufferView };
  sumStarts: Structure & { readonly starts: Integers };
  sumFill: Structure & {
    readonly dtype: string;
    readonly data: ArrayBufferView;
    readonly starts: Integers;
    readonly outIndices: Integers;
    readonly outData: ArrayBufferView;
  };
  sparsifyStarts: Dense & { readonly starts: Integers };
  sparsifyFill: Dense & {
    readonly starts: Integers;
    readonly outIndices: Integers;
    readonly outData: ArrayBufferView;
  };
  /** A selection along the middle axis of outer × length × inner bytes. */
  take: {
    readonly values: ArrayBufferView;
    readonly outer: number;
    readonly length: number;
    readonly inner: number;
    readonly positions: KernelAxis;
    readonly out: ArrayBufferView;
  };
  /** `count` integers in [0, limit). */
  convertIntegers: {
    readonly dtype: string;
    readonly values: ArrayBufferView;
    readonly count: number;
    readonly limit: number;
    readonly outDtype: string;
    readonly out: ArrayBufferView;
  };
  /** The fault of a value that another type does not hold is a range fault at its position. */
  castExactly: {
    readonly dtype: string;
    readonly values: ArrayBufferView;
    readonly count: number;
    readonly outDtype: string;
    readonly out: ArrayBufferView;
  };
  /** `candidates` and the value are sets of types: the bit `1 << i` for the type `i` of `DType` in native/core/dtype.h. */
  typesThatHold: {
    readonly dtype: string;
    readonly values: ArrayBufferView;
    readonly count: number;
    readonly candidates: number;
  };
  /**
   * The lines of `text` as entries of a matrix, from place `at` of the arrays on; `kind` 0 is pattern, 1 integer, 2 real. The value is how many there were, the
   * position how many lines; of a fault the line.
   */
  parseCoordinates: Entries & {
    readonly text: Uint8Array;
    readonly rows: number;
    readonly columns: number;
    readonly kind: number;
    readonly at: number;
  };
  /** The first `count` entries by `major`, which counts from `first` on. */
  groupCoordinates: {
    readonly major: Int32Array;
    readonly minor: Int32Array;
    readonly value: Float32Array;
    readonly count: number;
    readonly first: number;
    readonly starts: Int32Array;
    readonly outIndices: Int32Array;
    readonly outData: Float32Array;
  };
  /** The value is how many bytes the selected strings have. */
  measureStrings: Text & { readonly positions: KernelAxis };
  takeStrings: Text & {
    readonly positions: KernelAxis;
    readonly outOffsets: Integers;
    readonly outBytes: Uint8Array;
  };
  /** For each string the number of its wanted name, or -1. */
  matchNames: Text & WantedNames & { readonly names: Int32Array };
  /** Whether all `indices` are on a minor axis of `minor` positions. */
  checkIndices: { readonly indices: Integers; readonly minor: number };
  /** Whether `indptr` starts at 0, never descends and ends at `nnz`. */
  checkStarts: { readonly indptr: Integers; readonly nnz: number };
  /**
   * The runs of stored values that `majors` hold, ascending and disjoint, and their places in request order; the value is their number.
   * Behind them `copies[0]` runs within the result, for what was selected again. The arrays have room for `majors`.
   */
  findRuns: RunArrays & {
    readonly indptr: Integers;
    readonly nnz: number;
    readonly majors: KernelAxis;
    readonly copies: Float64Array;
  };
  /** Copies `runs` runs of `from`, which has `available` values, to their places in `to`, which has `room`. May be one array. */
  copyRuns: RunArrays & {
    readonly runs: number;
    readonly itemSize: number;
    readonly from: ArrayBufferView;
    readonly available: number;
    readonly to: ArrayBufferView;
    readonly room: number;
  };
  /**
   * Keeps of a block of `count` stored values, the first of them number `offset`, those whose index has a place in `table` (-1 for none);
   * adds to `counts` by major position. The value is how many were kept; `outIndices` and `outData` have room for all.
   */
  keepColumns: {
    readonly indptr: Integers;
    readonly offset: number;
    readonly indexDtype: string;
    readonly indices: ArrayBufferView;
    readonly count: number;
    readonly itemSize: number;
    readonly data: ArrayBufferView;
    readonly table: Int32Array;
    readonly outIndices: Int32Array;
    readonly outData: ArrayBufferView;
    readonly counts: Int32Array;
  };
  /** Appends a piece to each major position: `cursors` say where, and are moved on; indices are raised by `offset`. */
  append: Structure & {
    readonly itemSize: number;
    readonly data: ArrayBufferView;
    readonly offset: number;
    readonly cursors: Integers;
    readonly starts: Integers;
    readonly outIndices: Integers;
    readonly outData: ArrayBufferView;
  };
}

/** The addon's `kernels`. */
export type Kernels = {
  readonly [K in keyof KernelArguments]: {
    (args: KernelArguments[K], async: true): Promise<KernelOutcome>;
    (args: KernelArguments[K], async: false): KernelOutcome;
  };
};

/** The part of the addon that the kernels make up. */
export interface KernelExports {
  readonly kernels: Kernels;
}
