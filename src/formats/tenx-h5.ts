/**
 * 10x Genomics' feature-barcode matrices in HDF5, as input ("Feature-Barcode Matrices" in 10x's documentation of Cell Ranger): since version 3 a group
 * `matrix` with `barcodes`, `features/{name, id, feature_type, genome, …}` and a matrix of features × barcodes by columns, which is one of
 * barcodes × features by rows; before, a group per genome with `barcodes`, `genes` and `gene_names`.
 *
 * The columns of var have the names that scanpy gives them. X keeps the stored type (32-bit integers); scanpy makes floats of it.
 */
import type { LazyArray } from "../elements/lazy.js";
import { infoOf } from "../encodings/describe.js";
import { columnFrame } from "../encodings/frame-columns.js";
import { arrayOf, corrupt } from "../encodings/member.js";
import { plainArray } from "../encodings/plain-array.js";
import { openSparse } from "../encodings/sparse-open.js";
import { AtsError } from "../errors.js";
import type { ArrayNode, GroupNode } from "../storage/types.js";
import { checkAligned } from "./aligned.js";
import { tenxElements } from "./tenx-elements.js";
import type { AnnDataElements } from "./types.js";

/** Members of `features` by the columns that scanpy makes of them; all others keep their names. */
const COLUMN_NAMES: Readonly<Record<string, string>> = { id: "gene_ids", feature_type: "feature_types" };
const GENES: Readonly<Record<string, string>> = { genes: "gene_ids" };

/**
 * The elements of a 10x file whose root group is `root`; undefined where it is none. `CORRUPT` where its parts do not fit each other, `UNSUPPORTED` for a
 * file with the matrices of several genomes. `location` is what messages name.
 */
export async function openTenx(root: GroupNode, location: string): Promise<AnnDataElements | undefined> {
  const matrix = await root.get("matrix");
  if (matrix?.kind === "group" && (await matrix.get("barcodes")) !== undefined) {
    const features = await matrix.get("features");
    if (features?.kind === "group") return build(matrix, features, "name", COLUMN_NAMES, location);
  }
  const genomes = await genomesOf(root);
  const [genome, ...others] = genomes;
  if (genome === undefined) return undefined;
  if (others.length > 0) {
    const names = genomes.map((group) => group.path).join(", ");
    throw new AtsError("UNSUPPORTED", `${location} has the matrices of several genomes (${names}); split it first.`, {
      path: location,
    });
  }
  return build(genome, genome, "gene_names", GENES, location);
}

async function genomesOf(root: GroupNode): Promise<GroupNode[]> {
  const found: GroupNode[] = [];
  for (const name of await root.keys()) {
    const group = await root.get(name);
    if (group?.kind !== "group") continue;
    const keys = await group.keys();
    if (["barcodes", "gene_names", "genes", "indptr"].every((key) => keys.includes(key))) found.push(group);
  }
  return found;
}

async function build(
  matrix: GroupNode,
  features: GroupNode,
  names: string,
  columns: Readonly<Record<string, string>>,
  location: string,
): Promise<AnnDataElements> {
  const X = await openMatrix(matrix);
  const nVars = X.shape[1] as number;
  const barcodes = plainArray(await arrayOf(matrix, "barcodes"), "string-array", "");
  const variables = await columnsOf(features, names, features === matrix ? columns : undefined, columns, nVars);
  const obs = frameOf("obs", barcodes, new Map());
  const index = plainArray(await arrayOf(features, names), "string-array", "");
  const elements = tenxElements(X, obs, frameOf("var", index, variables));
  checkAligned(elements, location);
  return elements;
}

/**
 * The matrix with its axes the other way round: nothing but the shape has to change. Its integers have 64 bits whatever they hold, which nobody
 * keeps: not scanpy either.
 */
async function openMatrix(group: GroupNode): Promise<LazyArray> {
  const stored = await (await arrayOf(group, "shape")).read();
  const shape = stored.kind === "dense" ? Array.from(stored.data, Number).reverse() : [];
  if (shape.length !== 2) throw corrupt(group.path, `has a shape of ${shape.length} extents`);
  const rows: GroupNode = {
    kind: "group",
    path: "X",
    attributes: { shape },
    keys: () => group.keys(),
    get: (name) => group.get(name),
  };
  const { indexTypes: _, ...matrix } = await openSparse(rows, "csr", "");
  return matrix;
}

/** Every member of `features` with a value for each feature, by the name of its column; `only` limits them. */
async function columnsOf(
  features: GroupNode,
  names: string,
  only: Readonly<Record<string, string>> | undefined,
  renamed: Readonly<Record<string, string>>,
  length: number,
): Promise<ReadonlyMap<string, ArrayNode>> {
  const columns = new Map<string, ArrayNode>();
  const keys = Object.keys(only ?? renamed).concat(only === undefined ? await features.keys() : []);
  for (const key of new Set(keys)) {
    const node = key === names || key.startsWith("_") ? undefined : await features.get(key);
    if (node?.kind === "array" && node.shape.length === 1 && node.shape[0] === length) {
      columns.set(renamed[key] ?? key, node);
    }
  }
  return columns;
}

function frameOf(path: string, index: LazyArray, columns: ReadonlyMap<string, ArrayNode>) {
  const shape = [index.shape[0] as number, columns.size];
  return columnFrame({
    info: { ...infoOf({ kind: "group", path } as GroupNode, "dataframe", ""), shape },
    columnNames: [...columns.keys()],
    index,
    indexName: null,
    column: async (name) => {
      const node = columns.get(name) as ArrayNode;
      const column = plainArray(node, node.dtype === "string" ? "string-array" : "array", "");
      return { ...column, info: { ...column.info, path: `${path}/${name}` } };
    },
  });
}
