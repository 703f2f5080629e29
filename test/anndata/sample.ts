/** An AnnData in memory whose every value says where it came from, and the same with its reads recorded. */

import { memoryElements } from "../../src/anndata/memory-elements.js";
import { DenseArray } from "../../src/elements/dense.js";
import type { ElementSelection, LazyArray, LazyFrame } from "../../src/elements/lazy.js";
import type { AnnDataElements, OpenedAnnData } from "../../src/formats/types.js";
import { AnnData } from "../../src/index.js";
import type { ReadOptions } from "../../src/storage/types.js";
import { toFrame } from "../selection/frames.js";
import type { ModelTable } from "../selection/model.js";

/** `rows × columns` doubles, each `row * 1000 + column` plus `offset`. */
export function numbered(rows: number, columns: number, offset = 0): DenseArray<"float64"> {
  const data = Float64Array.from({ length: rows * columns }, (_, i) => {
    return Math.floor(i / columns) * 1000 + (i % columns) + offset;
  });
  return new DenseArray("float64", [rows, columns], data);
}

/** The elements of the tables, with numbered matrices everywhere. */
export function sampleElements(obs: ModelTable, variables: ModelTable): AnnDataElements {
  const [n, m] = [obs.names.length, variables.names.length];
  return memoryElements({
    X: numbered(n, m),
    obs: toFrame(obs),
    var: toFrame(variables),
    layers: new Map([["counts", numbered(n, m, 0.25)]]),
    obsm: new Map([["X_pca", numbered(n, 3)]]),
    varm: new Map([["PCs", numbered(m, 2)]]),
    obsp: new Map([["distances", numbered(n, n)]]),
    varp: new Map([["links", numbered(m, m)]]),
    uns: { title: "sample" },
    raw: { X: numbered(n, 5, 0.5), var: toFrame({ names: ["a", "b", "c", "d", "e"], columns: {} }) },
  });
}

/** A read that was asked of an element. */
export interface RecordedRead {
  readonly path: string;
  readonly columns?: readonly string[] | undefined;
  readonly count?: number | undefined;
}

/** An AnnData as if from a store, of chunked elements that record what is read of them. */
export async function recorded(elements: AnnDataElements) {
  const reads: RecordedRead[] = [];
  let closed = 0;
  const store: OpenedAnnData = {
    format: "ats",
    version: null,
    location: "sample.ats",
    elements: {
      ...elements,
      X: elements.X && recordArray(elements.X, reads),
      obs: recordFrame(elements.obs, reads),
      var: recordFrame(elements.var, reads),
      layers: new Map([...elements.layers].map(([key, layer]) => [key, recordArray(layer as LazyArray, reads)])),
    },
    close: async () => {
      closed++;
    },
  };
  return { adata: await AnnData.fromStore(store), reads, closed: () => closed };
}

const layout = { chunks: [2, 2], shards: null, codec: null };

function recordArray(base: LazyArray, reads: RecordedRead[]): LazyArray {
  return {
    kind: "lazy-array",
    info: { ...base.info, layout },
    shape: base.shape,
    dtype: base.dtype,
    sparse: null,
    storedBytes: () => base.storedBytes(),
    async read(selection?: ElementSelection, options?: ReadOptions) {
      reads.push({ path: base.info.path, count: selection?.[0]?.count });
      // As a store: the values are there later, and not at all where the signal is aborted meanwhile.
      await new Promise((resolve) => setTimeout(resolve, 1));
      return base.read(selection, options);
    },
  };
}

function recordFrame(base: LazyFrame, reads: RecordedRead[]): LazyFrame {
  const readFrame: LazyFrame["readFrame"] = async (columns, rows, options) => {
    reads.push({ path: base.info.path, columns, count: rows?.count });
    return base.readFrame(columns, rows, options);
  };
  return {
    kind: "lazy-frame",
    info: base.info,
    shape: base.shape,
    length: base.length,
    columnNames: base.columnNames,
    indexName: base.indexName,
    storedBytes: async () => 1000,
    readFrame,
    read: (selection, options) => readFrame(undefined, selection?.[0], options),
  };
}
