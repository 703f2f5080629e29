/** `ats info`: every element of a store with its encoding, type, shape, layout and size, without reading values. */
import { listParts } from "../anndata/parts.js";
import type { Column, Frame } from "../elements/frame.js";
import type { ElementInfo, LazyElement, LazyFrame } from "../elements/lazy.js";
import type { OpenedAnnData, StoreFormat } from "../formats/types.js";
import type { ReadOptions } from "../storage/types.js";

/** One line of `ats info`: the fields of the command's `--json` (contract of the command line). */
export interface ElementReport {
  /** Such as `X`, `layers/counts`, `obs/cell_type`. */
  readonly path: string;
  readonly encoding: string;
  readonly dtype: string | null;
  readonly shape: readonly number[] | null;
  readonly chunks: readonly number[] | null;
  readonly shards: readonly number[] | null;
  readonly codec: string | null;
  /** Stored values of a sparse matrix. */
  readonly nnz: number | null;
  /** Bytes on disk; null where they cannot be told apart from a neighbour's. */
  readonly bytes: number | null;
}

/** What `ats info --json` prints. */
export interface StoreReport {
  readonly format: StoreFormat;
  readonly version: string | null;
  readonly shape: readonly [number, number];
  readonly elements: readonly ElementReport[];
}

/**
 * Describes an open store. Reads metadata, table footers and file sizes, never values.
 * Errors: `CORRUPT` where metadata is damaged, `CLOSED` after `close`.
 */
export async function info(store: OpenedAnnData, options: ReadOptions = {}): Promise<StoreReport> {
  const elements: ElementReport[] = [];
  for (const { path, element } of listParts(store.elements)) {
    await describe(path, element, elements, options);
  }
  return { format: store.format, version: store.version, shape: store.elements.shape, elements };
}

async function describe(
  path: string,
  element: LazyElement,
  into: ElementReport[],
  options: ReadOptions,
): Promise<void> {
  if (element.kind !== "lazy-dict") into.push(report(path, element.info, await element.storedBytes(options)));
  if (element.kind === "lazy-frame") await describeColumns(path, element, into, options);
  if (element.kind === "lazy-dict") {
    for (const key of await element.keys()) {
      const child = await element.get(key);
      if (child !== undefined) await describe(`${path}/${key}`, child, into, options);
    }
  }
}

async function describeColumns(
  path: string,
  frame: LazyFrame,
  into: ElementReport[],
  options: ReadOptions,
): Promise<void> {
  if (frame.column !== undefined) {
    for (const name of frame.columnNames) await describe(`${path}/${name}`, await frame.column(name), into, options);
    return;
  }
  const empty = await frame.readFrame(undefined, { kind: "range", start: 0, step: 1, count: 0 }, options);
  for (const [name, column] of (empty as Frame).columns) {
    into.push(report(`${path}/${name}`, columnInfo(`${path}/${name}`, column, frame.length), undefined));
  }
}

function report(path: string, element: ElementInfo, bytes: number | undefined): ElementReport {
  return {
    path,
    encoding: element.encoding,
    dtype: element.dtype,
    shape: element.shape,
    chunks: element.layout?.chunks ?? null,
    shards: element.layout?.shards ?? null,
    codec: element.layout?.codec ?? null,
    nnz: element.nnz,
    bytes: bytes ?? null,
  };
}

const COLUMN_ENCODING: Readonly<Record<Column["kind"], (column: Column) => [encoding: string, dtype: string | null]>> =
  {
    dense: (column) => ["array", (column as Extract<Column, { kind: "dense" }>).dtype],
    strings: () => ["string-array", "string"],
    categorical: () => ["categorical", "category"],
    nullable: (column) => nullableEncoding((column as Extract<Column, { kind: "nullable" }>).values.dtype),
    arrow: (column) => ["arrow", String((column as Extract<Column, { kind: "arrow" }>).vector.type)],
  };

function nullableEncoding(dtype: string): [encoding: string, dtype: string] {
  return [dtype === "bool" ? "nullable-boolean" : "nullable-integer", dtype];
}

function columnInfo(path: string, column: Column, length: number): ElementInfo {
  const [encoding, dtype] = COLUMN_ENCODING[column.kind](column);
  return { path, encoding, encodingVersion: "", dtype, shape: [length], layout: null, nnz: null };
}
