/** A Parquet table as a lazy data frame. */
import type { ElementInfo, ElementSelection, LazyFrame } from "../elements/lazy.js";
import type { AxisSelection } from "../selection/axis.js";
import { positionAt } from "../selection/axis.js";
import type { ReadOptions, TableNode } from "../storage/types.js";

/** `table` as an element; reads go to its file, one column chunk after the other. */
export function lazyTable(table: TableNode): LazyFrame {
  const shape = [table.length, table.columnNames.length];
  const info: ElementInfo = {
    path: table.path,
    encoding: "dataframe",
    encodingVersion: "",
    dtype: null,
    shape,
    layout: null,
    nnz: null,
  };
  const readFrame = (columns?: readonly string[], rows?: AxisSelection, options?: ReadOptions) =>
    table.read(columns, rows, options);
  return {
    kind: "lazy-frame",
    info,
    shape,
    length: table.length,
    columnNames: table.columnNames,
    indexName: table.indexName,
    readFrame,
    read: (selection: ElementSelection = [], options?: ReadOptions) =>
      readFrame(selection[1] && namesAt(table.columnNames, selection[1]), selection[0], options),
    storedBytes: async (options) => table.storedBytes?.(options),
  };
}

function namesAt(names: readonly string[], selection: AxisSelection): string[] {
  return Array.from({ length: selection.count }, (_, i) => names[positionAt(selection, i)] as string);
}
