/** The arrays of a sparse matrix that is being written, and how they are cut. */
import { allocate, type DType } from "../dtype.js";
import type { IndexTypes } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import { AtsError } from "../errors.js";
import { INT32_MAX, type IndexArray, type SparseKind, toIndices } from "../kernels/index.js";
import type { Attributes, GroupWriter, ReadOptions } from "../storage/types.js";
import { Appender } from "./appender.js";
import { sparseLayout } from "./sparse-layout.js";

/** What is known of a matrix before it is written. */
export interface MatrixFacts {
  readonly kind: SparseKind;
  readonly shape: readonly [number, number];
  readonly dtype: DType;
  readonly nnz: number;
  /** The types that its integers have at least; else the narrowest ones that hold them, as scipy chooses. */
  readonly indexTypes?: IndexTypes | undefined;
}

/** How its arrays are made. */
export interface MatrixWriteOptions extends ReadOptions {
  readonly codec?: string | undefined;
  readonly chunk?: number | undefined;
  readonly attributes?: Attributes | undefined;
}

/** A sparse matrix that is being written. */
export interface MatrixWriter {
  /** Adds the next rows (CSR) or columns (CSC). `slab` must not change before the next call has ended. */
  append(slab: SparseMatrix): Promise<void>;
  /** The group, for what is kept beside the arrays. */
  readonly group: GroupWriter;
  /** Writes what is left. `STALE` where another number of values came than was said. */
  end(): Promise<void>;
}

/** Makes the group `name` with empty arrays for a matrix of those facts. */
export async function openMatrix(
  parent: GroupWriter,
  name: string,
  facts: MatrixFacts,
  options: MatrixWriteOptions,
): Promise<MatrixWriter> {
  const { kind, shape, dtype, nnz, indexTypes } = facts;
  const [majors, minors] = kind === "csr" ? shape : [shape[1], shape[0]];
  const group = await parent.group(name, {
    "encoding-type": `${kind}_matrix`,
    "encoding-version": "0.1.0",
    ...options.attributes,
    shape,
  });
  const indexType = indexTypes?.indices === "int64" || minors - 1 > INT32_MAX ? "int64" : "int32";
  const startType = indexTypes?.indptr === "int64" || nnz > INT32_MAX ? "int64" : "int32";
  const layout = sparseLayout({ dtype, majors, nnz }, options);
  const create = async (part: "data" | "indices" | "indptr", type: DType, length: number) =>
    new Appender(await group.array(part, { dtype: type, shape: [length], ...layout[part] }), type, options);
  const data = await create("data", dtype, nnz);
  const indices = await create("indices", indexType, nnz);
  const indptr = await create("indptr", startType, majors + 1);
  await indptr.append(allocate(startType, 1));
  let written = 0;
  return {
    group,
    async append(slab) {
      const offset = written;
      written += slab.nnz;
      const found = await toIndices(slab.indices, indexType === "int32" ? minors : INT32_MAX + 2, options);
      await Promise.all([
        data.append(slab.data),
        indices.append(found),
        indptr.append(moved(slab.indptr, offset, startType)),
      ]);
    },
    async end() {
      if (written !== nnz) {
        const path = `${parent.path}/${name}`;
        const message = `${path} has ${written} values to write, not ${nnz}; its source changed meanwhile.`;
        throw new AtsError("STALE", message, { path });
      }
      await Promise.all([data.end(), indices.end(), indptr.end()]);
    },
  };
}

/** The ends of a slab's majors, `offset` further on, as integers of `type`. */
function moved(indptr: IndexArray, offset: number, type: "int32" | "int64"): IndexArray {
  const out = allocate(type, indptr.length - 1);
  if (out instanceof Int32Array) {
    for (let i = 0; i < out.length; i++) out[i] = Number(indptr[i + 1]) + offset;
  } else {
    for (let i = 0; i < out.length; i++) out[i] = BigInt(Number(indptr[i + 1]) + offset);
  }
  return out;
}
