/**
 * A sparse matrix in a temporary file, put together from pieces: each has some of its majors, whose entries go behind those of the pieces before it. Any stretch of
 * majors is read back in memory of its own size.
 */
import { type ArrayFor, allocate, type DType } from "../dtype.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import { appendPiece, lastEntry, type SparseKind } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";
import { majorAxis, matrixShape } from "./sparse-nodes.js";
import { SparseSpool } from "./sparse-spool.js";
import { startsOf } from "./sparse-starts.js";

/** The whole matrix. */
export interface PiecesFacts {
  readonly kind: SparseKind;
  readonly shape: readonly number[];
  readonly dtype: DType;
  /** What errors name. */
  readonly path: string;
}

/** Where a piece belongs: its majors begin at `major`, and 0 of its indices is `minor`. */
export interface PiecePlace {
  readonly major: number;
  readonly minor: number;
}

/** The matrix. Whoever opened it closes it. */
export class SparsePieces {
  /** Entries of each major. */
  readonly #counts: Float64Array;
  readonly #pieces: { readonly place: PiecePlace; readonly majors: number }[] = [];
  #nnz = 0;

  private constructor(
    private readonly facts: PiecesFacts,
    private readonly spool: SparseSpool,
  ) {
    this.#counts = new Float64Array(facts.shape[majorAxis(facts)] ?? 0);
  }

  /** An empty one, with its file in `scratch`, or where the system keeps temporary files; `IO`. */
  static async open(facts: PiecesFacts, scratch?: string): Promise<SparsePieces> {
    return new SparsePieces(facts, await SparseSpool.open(facts.dtype, scratch));
  }

  /** The number of entries. */
  get nnz(): number {
    return this.#nnz;
  }

  /** Adds a piece, laid out as the matrix is. */
  async add(piece: SparseMatrix, place: PiecePlace): Promise<void> {
    const { indptr } = piece;
    const majors = indptr.length - 1;
    for (let i = 0; i < majors; i++) {
      const at = place.major + i;
      this.#counts[at] = (this.#counts[at] as number) + Number(indptr[i + 1]) - Number(indptr[i]);
    }
    await this.spool.add(piece);
    this.#pieces.push({ place, majors });
    this.#nnz += piece.nnz;
  }

  /** Stretches of at most `most` entries, or of one major, in order. */
  async *stretches(most: number, options: ReadOptions): AsyncGenerator<SparseMatrix> {
    const counts = this.#counts;
    for (let begin = 0; begin < counts.length; ) {
      let end = begin + 1;
      for (let count = counts[begin] as number; end < counts.length; end++) {
        count += counts[end] as number;
        if (count > most) break;
      }
      yield await this.stretch(begin, end, options);
      begin = end;
    }
  }

  /** The majors `begin` to `end` (exclusive). */
  async stretch(begin: number, end: number, options: ReadOptions): Promise<SparseMatrix> {
    const { kind, shape, dtype, path } = this.facts;
    const indptr = startsOf(this.#counts.subarray(begin, end));
    const count = lastEntry(indptr);
    const minors = shape[1 - majorAxis({ kind })] ?? 0;
    const cursors = indptr.slice();
    const indices = allocate(minors - 1 <= 2 ** 31 - 1 ? "int32" : "int64", count);
    const data: ArrayFor<DType> = allocate(dtype, count);
    for (const [number, { place, majors }] of this.#pieces.entries()) {
      const [from, to] = [Math.max(begin, place.major), Math.min(end, place.major + majors)];
      if (from >= to) continue;
      options.signal?.throwIfAborted();
      const piece = await this.spool.read(number, from - place.major, to - place.major);
      const [first, last] = [from - begin, to - begin + 1];
      await appendPiece(
        { ...piece, dtype, offset: place.minor, minors: minors - place.minor },
        { starts: indptr.subarray(first, last), cursors: cursors.subarray(first, last), indices, data },
        { ...options, path },
      );
    }
    return fromParts({ kind, dtype, shape: matrixShape({ kind }, end - begin, minors), data, indices, indptr });
  }

  /** Gives the file back. */
  close(): Promise<void> {
    return this.spool.close();
  }
}
