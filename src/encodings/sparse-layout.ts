/**
 * How the arrays of a sparse matrix are cut, by default. A chunk that is small serves a batch of rows, a large one a read of everything; docs/sparse.md has
 * the figures that these numbers were chosen by.
 */
import { type DType, itemSize } from "../dtype.js";
import type { NewArray } from "../storage/types.js";

/** Rows (of CSR) of a piece, as far as their stored values are neither few nor many. */
const PIECE_MAJORS = 64;
const LEAST_PIECE = 2 ** 13;
const MOST_PIECE = 2 ** 16;
/** Bytes of a chunk that is a file of its own, before it is compressed; it grows where an array would become more than `MOST_FILES` files. */
const CHUNK_BYTES = 2 ** 20;
const MOST_FILES = 1024;

/** What the layout depends on. */
export interface LayoutFacts {
  readonly dtype: DType;
  readonly majors: number;
  readonly nnz: number;
}

/** What a caller may ask for. */
export interface LayoutWish {
  readonly codec?: string | undefined;
  /** Stored values per chunk. */
  readonly chunk?: number | undefined;
}

type PartLayout = Pick<NewArray, "chunks" | "pieces" | "perRow" | "codec" | "role">;

/** The cut of each array. */
export function sparseLayout(
  facts: LayoutFacts,
  { codec, chunk }: LayoutWish,
): Readonly<Record<"data" | "indices" | "indptr", PartLayout>> {
  const chunks = [chunk ?? chunkEntries(facts)];
  const pieces = chunk === undefined ? [pieceEntries(facts)] : undefined;
  const perRow = facts.nnz / Math.max(1, facts.majors);
  return {
    data: { chunks, pieces, perRow, codec },
    indices: { chunks, pieces, perRow, codec, role: "indices" },
    indptr: { codec },
  };
}

/** Values of a chunk that is a file of its own: the same for `data` and `indices`, so that both are decoded side by side. */
function chunkEntries({ dtype, nnz }: LayoutFacts): number {
  return Math.max(1, Math.floor(CHUNK_BYTES / itemSize(dtype)), Math.ceil(nnz / MOST_FILES));
}

/** Values of a piece: those of about 64 rows. */
function pieceEntries({ majors, nnz }: LayoutFacts): number {
  const wanted = Math.ceil((nnz / Math.max(1, majors)) * PIECE_MAJORS);
  return 2 ** Math.round(Math.log2(Math.max(LEAST_PIECE, Math.min(MOST_PIECE, wanted))));
}
