/**
 * Matrix Market files, as text or gzip: `%%MatrixMarket matrix coordinate integer|real|pattern general`, comments, a line `rows columns entries`, and a line
 * per entry with indices from 1 (NIST, "The Matrix Market Exchange Formats").
 */
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { AtsError } from "../errors.js";
import { fileError } from "../storage/file-source.js";
import type { ReadOptions } from "../storage/types.js";

/** The entries of a matrix in the order of the file, with indices from 0. */
export interface MatrixEntries {
  readonly rows: number;
  readonly columns: number;
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** Integers where the file says so, else doubles. */
  readonly values: Int32Array | Float64Array;
}

const LONGEST_LINE = 4096;
const MAX_EXTENT = 0x7fffffff;

/**
 * Reads the file at `path`, which is gzip where its name ends in `.gz`. `CORRUPT`, naming the line, for anything that is no matrix; `UNSUPPORTED` for dense, complex
 * and symmetric ones; `LIMIT_EXCEEDED` beyond `maxBytes` of entries; `IO`.
 */
export async function readMatrixMarket(
  path: string,
  maxBytes: number,
  options: ReadOptions = {},
): Promise<MatrixEntries> {
  const file = createReadStream(path, { signal: options.signal });
  const reader = new EntryReader(path, maxBytes);
  const take = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) reader.take(chunk);
  };
  try {
    await (path.endsWith(".gz") ? pipeline(file, createGunzip(), take) : pipeline(file, take));
  } catch (cause) {
    options.signal?.throwIfAborted();
    if (AtsError.is(cause)) throw cause;
    if (String((cause as NodeJS.ErrnoException).code).startsWith("Z_")) {
      throw new AtsError("CORRUPT", `${path} is no gzip file, or a damaged one.`, { path, cause });
    }
    throw fileError(cause, path);
  }
  return reader.end();
}

/** Parses the text as it comes. */
class EntryReader {
  #rest = "";
  #line = 0;
  #kind: "integer" | "real" | "pattern" | undefined;
  #entries: MatrixEntries | undefined;
  #count = 0;

  constructor(
    private readonly path: string,
    private readonly maxBytes: number,
  ) {}

  take(chunk: Buffer): void {
    const text = this.#rest + chunk.toString("latin1");
    let start = 0;
    for (let end = text.indexOf("\n"); end >= 0; end = text.indexOf("\n", start)) {
      this.#take(text, start, end);
      start = end + 1;
    }
    this.#rest = text.slice(start);
    if (this.#rest.length > LONGEST_LINE) throw this.#corrupt("is too long");
  }

  end(): MatrixEntries {
    if (this.#rest !== "") this.#take(this.#rest, 0, this.#rest.length);
    const entries = this.#entries;
    if (entries !== undefined && this.#count === entries.row.length) return entries;
    const what =
      entries === undefined ? "has no size line" : `ends after ${this.#count} of ${entries.row.length} entries`;
    throw new AtsError("CORRUPT", `${this.path} ${what}.`, { path: this.path });
  }

  #take(text: string, start: number, end: number): void {
    this.#line++;
    if (this.#entries !== undefined) {
      this.#takeEntry(this.#entries, text, start, end);
      return;
    }
    const line = text.slice(start, end).trim();
    if (this.#line === 1) this.#kind = this.#header(line);
    else if (line !== "" && !line.startsWith("%")) this.#entries = this.#sizes(line);
  }

  #header(line: string): "integer" | "real" | "pattern" {
    const words = line.toLowerCase().split(/\s+/);
    if (words[0] !== "%%matrixmarket" || words[1] !== "matrix") throw this.#corrupt("is no Matrix Market header");
    const [, , form, kind, symmetry] = words;
    const known = kind === "integer" || kind === "real" || kind === "pattern";
    if (form === "coordinate" && known && symmetry === "general") return kind;
    throw new AtsError(
      "UNSUPPORTED",
      `${this.path} holds a ${[form, kind, symmetry].join(" ")} matrix; only coordinate integer, real and pattern general ones are read.`,
      { path: this.path },
    );
  }

  #sizes(line: string): MatrixEntries {
    const [rows, columns, count, ...others] = line.split(/\s+/).map(Number);
    const whole = [rows, columns, count].every((n) => Number.isSafeInteger(n) && (n as number) >= 0);
    if (!whole || others.length > 0) throw this.#corrupt("is no line of sizes");
    if (Math.max(rows as number, columns as number) > MAX_EXTENT || (count as number) * 16 > this.maxBytes) {
      throw new AtsError("LIMIT_EXCEEDED", `${this.path} has ${line} (rows, columns, entries), more than is read.`, {
        path: this.path,
      });
    }
    const length = count as number;
    const values = this.#kind === "real" ? new Float64Array(length) : new Int32Array(length);
    return {
      rows: rows as number,
      columns: columns as number,
      row: new Int32Array(length),
      column: new Int32Array(length),
      values,
    };
  }

  #takeEntry(entries: MatrixEntries, text: string, start: number, end: number): void {
    const first = text.indexOf(" ", start);
    if (first < 0 || first >= end) {
      if (text.slice(start, end).trim() === "") return;
      throw this.#corrupt("is no entry");
    }
    const second = text.indexOf(" ", first + 1);
    const split = second < 0 || second >= end ? end : second;
    const row = Number(text.slice(start, first)) - 1;
    const column = Number(text.slice(first + 1, split)) - 1;
    const value = this.#kind === "pattern" ? 1 : Number(text.slice(split + 1, end).trim() || Number.NaN);
    const at = this.#count++;
    if (at >= entries.row.length) throw this.#corrupt("is one entry too many");
    if (!isIndex(row, entries.rows) || !isIndex(column, entries.columns))
      throw this.#corrupt("lies outside the matrix");
    const fits =
      this.#kind === "real" ? !Number.isNaN(value) || /nan/i.test(text.slice(split, end)) : (value | 0) === value;
    if (!fits) throw this.#corrupt(`has no ${this.#kind} value`);
    entries.row[at] = row;
    entries.column[at] = column;
    entries.values[at] = value;
  }

  #corrupt(what: string): AtsError {
    return new AtsError("CORRUPT", `${this.path}: line ${this.#line} ${what}.`, { path: this.path });
  }
}

function isIndex(value: number, extent: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < extent;
}
