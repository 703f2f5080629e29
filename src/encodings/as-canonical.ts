/** A sparse matrix in canonical form, lazily: ascending indices, entries of one place summed. */
import type { ElementSelection, LazyArray } from "../elements/lazy.js";
import { fromParts, type SparseMatrix } from "../elements/sparse.js";
import { canonicalize } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";

/** `source`, a matrix of numbers, in canonical form; itself where it is dense. How many entries are left is known once it was read. */
export function asCanonical(source: LazyArray): LazyArray {
  const { kind, info, shape, dtype, sparse, indexTypes } = source;
  if (sparse === null) return source;
  return {
    kind,
    info: { ...info, layout: null, nnz: null },
    shape,
    dtype,
    sparse,
    ...(indexTypes && { indexTypes }),
    async read(selection: ElementSelection = [], options: ReadOptions = {}) {
      const value = (await source.read(selection, options)) as SparseMatrix;
      return fromParts(await canonicalize(value, { ...options, path: info.path }));
    },
    storedBytes: (options) => source.storedBytes(options),
  };
}
