/** The narrowest type that holds every value of a matrix: all of it is looked at once, in bounded memory. */
import { DTYPES, type DType, dtypeKind, itemSize } from "../dtype.js";
import type { DenseArray } from "../elements/dense.js";
import type { NumericArray } from "../elements/lazy.js";
import type { SparseMatrix } from "../elements/sparse.js";
import { canonicalize, checkSparse, type TypedValues, typesThatHold } from "../kernels/index.js";
import { eachBlock, type StreamOptions } from "./block-stream.js";
import { majorAxis } from "./sparse-nodes.js";
import { openSlabs } from "./sparse-slabs.js";

/**
 * The narrowest type that {@link asDType} takes all of `source` to; its own where there is none, and where there is no value to go by. Floats that are all
 * whole become integers, integers never floats; of one width the kind that `source` has comes first, then unsigned integers. float16 and bfloat16, which
 * scipy's matrices do not have, and bool are never chosen. Errors as those of reading `source`.
 */
export async function narrowestType(source: NumericArray, options: StreamOptions): Promise<DType> {
  return (await new Search(source, options).run()) ?? source.dtype;
}

/** The types that are narrower than `dtype`, best first. */
function narrower(dtype: DType): DType[] {
  const kind = dtypeKind(dtype);
  const integers = kind === "float" ? ["uint", "int"] : kind === "int" || kind === "uint" ? [kind, "uint", "int"] : [];
  const kinds = [...new Set([...(kind === "bool" ? [] : [kind]), ...integers])];
  const rank = (candidate: DType) => kinds.indexOf(dtypeKind(candidate));
  return DTYPES.filter((type) => itemSize(type) < itemSize(dtype) && rank(type) >= 0 && !/^b?float16$/.test(type)).sort(
    (a, b) => itemSize(a) - itemSize(b) || rank(a) - rank(b),
  );
}

class Search {
  #left: readonly DType[];
  #values = 0;

  constructor(
    private readonly source: NumericArray,
    private readonly options: StreamOptions,
  ) {
    this.#left = narrower(source.dtype);
  }

  /** The best that is left; undefined where there is none, or no value. */
  async run(): Promise<DType | undefined> {
    await (this.source.sparse === null ? this.#blocks() : this.#slabs(this.source.sparse));
    return this.#values === 0 ? undefined : this.#left[0];
  }

  async #blocks(): Promise<void> {
    const { source, options } = this;
    const { shape } = source;
    // Where nothing says how it lies, it lies by rows.
    const chunks = source.info.layout?.chunks ?? shape.map((extent, axis) => (axis === 0 ? 1 : extent));
    const width = itemSize(source.dtype);
    await eachBlock({ shape, chunks }, width, options, async (_, selection) => {
      if (this.#left.length > 0) await this.#see((await source.read(selection, options)) as DenseArray);
    });
  }

  async #slabs(kind: SparseMatrix["kind"]): Promise<void> {
    const { source, options } = this;
    const { slabs, close } = await openSlabs(source, kind, options);
    const axis = majorAxis({ kind });
    const majors = source.shape[axis] ?? 0;
    const total = (source.info.nnz ?? majors) * itemSize(source.dtype);
    let done = 0;
    options.onBytes?.(0, total);
    try {
      for await (const slab of slabs) {
        await this.#see(slab);
        await this.#seeSums(slab);
        if (this.#left.length === 0) break;
        done += slab.shape[axis] as number;
        options.onBytes?.((total * done) / majors, total);
      }
    } finally {
      await close();
    }
    options.onBytes?.(total, total);
  }

  async #see(values: TypedValues): Promise<void> {
    this.#values += values.data.length;
    const held = await typesThatHold(values, this.#left, this.options);
    this.#left = this.#left.filter((dtype) => held.includes(dtype));
  }

  /** Entries of one place count as their sum. In narrower floats, unlike integers, it may be rounded on the way: those are not taken then. */
  async #seeSums(slab: SparseMatrix): Promise<void> {
    const options = { ...this.options, path: this.source.info.path };
    if ((await checkSparse(slab, options)).canonical) return;
    const sums = await canonicalize(slab, options);
    if (sums.indices.length === slab.nnz) return;
    this.#left = this.#left.filter((dtype) => ["int", "uint"].includes(dtypeKind(dtype)));
    await this.#see(sums);
  }
}
