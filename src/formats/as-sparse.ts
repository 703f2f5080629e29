/** A dense matrix as a sparse one: each block that is read is compressed on the way. */
import type { DenseArray } from "../elements/dense.js";
import type { ElementSelection, LazyArray } from "../elements/lazy.js";
import { CsrMatrix } from "../elements/sparse.js";
import { sparsify } from "../kernels/index.js";
import type { ReadOptions } from "../storage/types.js";

/** `source`, a dense matrix of numbers, whose reads give CSR matrices of what is not zero. */
export function asSparse(source: LazyArray): LazyArray {
  return {
    kind: "lazy-array",
    info: { ...source.info, encoding: "csr_matrix", layout: null, nnz: null },
    shape: source.shape,
    dtype: source.dtype,
    sparse: "csr",
    async read(selection: ElementSelection = [], options: ReadOptions = {}) {
      const dense = (await source.read(selection, options)) as DenseArray;
      const parts = await sparsify(dense, "csr", { ...options, path: source.info.path });
      return new CsrMatrix(parts.dtype, parts.shape, parts.data, parts.indices, parts.indptr);
    },
    storedBytes: (options) => source.storedBytes(options),
  };
}
