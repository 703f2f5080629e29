/** How matrices are cut into chunks that serve rows and columns. */
import { type DType, itemSize } from "../dtype.js";
import { defaultChunks } from "../storage/zarr-write-layout.js";

/** Bytes of one chunk before it is compressed. */
const CHUNK_BYTES = 2 ** 20;
/** Rows of a chunk, where the matrix is wide enough: few enough that scattered rows decode little beside themselves. */
const CHUNK_ROWS = 128;

/** What a caller asks of the chunks: their rows along the first axis, and the columns of a matrix. */
export interface ChunkWish {
  readonly chunkRows?: number | undefined;
  readonly chunkColumns?: number | undefined;
}

/** The chunk shape of an array. */
export function chooseChunks(shape: readonly number[], dtype: DType, wish: ChunkWish = {}): number[] {
  const { chunkRows, chunkColumns } = wish;
  const width = itemSize(dtype);
  if (shape.length !== 2) {
    const chunks = defaultChunks(shape, width, CHUNK_BYTES);
    return chunkRows === undefined
      ? chunks
      : chunks.map((extent, i) => (i === 0 ? Math.max(1, Math.min(chunkRows, shape[0] ?? 1)) : extent));
  }
  const [rows, columns] = [Math.max(1, shape[0] as number), Math.max(1, shape[1] as number)];
  const room = Math.max(1, Math.floor(CHUNK_BYTES / width));
  const wanted = chunkRows ?? Math.max(CHUNK_ROWS, Math.floor(room / Math.min(columns, chunkColumns ?? columns)));
  const height = Math.min(rows, wanted);
  return [height, Math.min(columns, chunkColumns ?? Math.max(1, Math.floor(room / height)))];
}
