/** The `write` of both sparse encodings: the lazy matrix, streamed as it is laid out. */
import { itemSize } from "../dtype.js";
import type { LazyElement } from "../elements/lazy.js";
import type { SparseKind } from "../kernels/index.js";
import type { GroupWriter } from "../storage/types.js";
import type { WriteContext } from "./define.js";
import { streamSparse } from "./sparse-write.js";
import { arrayToWrite, numericType, unfit } from "./to-write.js";

/** Writes `element`, a sparse matrix of layout `kind`, as the group `name`; `INVALID_ARGUMENT` where it is not one. */
export async function writeCompressed(
  group: GroupWriter,
  name: string,
  element: LazyElement,
  kind: SparseKind,
  context: WriteContext,
): Promise<void> {
  const source = arrayToWrite(element, `${kind}_matrix`);
  if (source.sparse !== kind) throw unfit(source, `${kind}_matrix`, "has another layout");
  const { codec, memory, signal, onBytes } = context;
  const majors = source.shape[kind === "csr" ? 0 : 1] as number;
  const width = itemSize(numericType(source, `${kind}_matrix`)) + 4;
  const total = source.info.nnz === null ? majors : source.info.nnz * width;
  const onMajors = (done: number) => onBytes?.(majors === 0 ? total : (total * done) / majors, total);
  await streamSparse(group, name, source, { codec, memory, signal, onMajors });
}
