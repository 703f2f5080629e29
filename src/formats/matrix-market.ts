/**
 * Matrix Market files, as text or gzip: `%%MatrixMarket matrix coordinate integer|real|pattern general`, comments, a line `rows columns entries`, and a line
 * per entry with indices from 1 (NIST, "The Matrix Market Exchange Formats"). The text goes by in blocks: one is parsed on a thread while the next is unpacked.
 */
import { Buffer } from "node:buffer";
import { createReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { allocate } from "../dtype.js";
import { AtsError } from "../errors.js";
import {
  type CoordinateForm,
  type Coordinates,
  ENTRY_VALUES,
  type ParsedText,
  parseCoordinates,
} from "../kernels/index.js";
import { fileError } from "../storage/file-source.js";
import type { ReadOptions } from "../storage/types.js";

/** What the lines before the entries say. */
export interface MatrixMarketHeader extends CoordinateForm {
  readonly entries: number;
}

/** Some entries in the order of the file: the first `count` of the arrays, which are used again for the next ones. */
export interface EntryBatch extends Coordinates {
  readonly count: number;
}

/** How a file is read. */
export interface MatrixMarketOptions extends ReadOptions {
  /** `LIMIT_EXCEEDED` beyond so many bytes of entries, 16 for each. */
  readonly maxBytes: number;
  /** Entries that a batch has at least, unless it is the last one; all of them where undefined. */
  readonly batch?: number | undefined;
}

const BLOCK_BYTES = 4 * 2 ** 20;
/** The shortest line is an entry of a pattern, "1 1" and its end. */
const LEAST_LINE = 4;
const LONGEST_LINE = 4096;
const MAX_EXTENT = 0x7fffffff;
const LINE_END = 10;

/** The header of the file at `path`; errors as those of {@link readMatrixMarket}. */
export async function readMatrixMarketHeader(path: string, options: MatrixMarketOptions): Promise<MatrixMarketHeader> {
  const blocks = textBlocks(path, options);
  try {
    return (await readHeader(path, blocks, options)).header;
  } finally {
    await blocks.return(undefined);
  }
}

/**
 * The entries of the file at `path`, which is gzip where its name ends in `.gz`, in batches. `CORRUPT`, naming the line, for anything that is no matrix;
 * `UNSUPPORTED` for dense, complex and symmetric ones; `LIMIT_EXCEEDED`; `IO`.
 */
export async function* readMatrixMarket(path: string, options: MatrixMarketOptions): AsyncGenerator<EntryBatch> {
  const blocks = textBlocks(path, options);
  try {
    yield* batchesOf(path, await readHeader(path, blocks, options), blocks, options);
  } finally {
    await blocks.return(undefined);
  }
}

/** Whole lines of the file in blocks. A block is in use until the one after the next is asked for. */
async function* textBlocks(path: string, { signal }: ReadOptions): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { signal, highWaterMark: BLOCK_BYTES / 4 });
  const source = path.endsWith(".gz") ? file.pipe(createGunzip({ chunkSize: BLOCK_BYTES / 4 })) : file;
  if (source !== file) file.on("error", (error) => source.destroy(error));
  const buffers = [Buffer.allocUnsafe(BLOCK_BYTES), Buffer.allocUnsafe(BLOCK_BYTES)] as [Buffer, Buffer];
  let filled = 0;
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      for (let taken = 0; taken < chunk.length; ) {
        const [buffer, other] = buffers;
        const count = chunk.copy(buffer, filled, taken);
        taken += count;
        filled += count;
        if (filled < BLOCK_BYTES) continue;
        const end = buffer.lastIndexOf(LINE_END) + 1;
        if (filled - end > LONGEST_LINE)
          throw new AtsError("CORRUPT", `${path} has a line that is too long.`, { path });
        yield buffer.subarray(0, end);
        // Not before: the other one was in use until this one was asked for.
        filled = buffer.copy(other, 0, end);
        buffers.reverse();
      }
    }
  } catch (cause) {
    signal?.throwIfAborted();
    if (AtsError.is(cause)) throw cause;
    if (!String((cause as NodeJS.ErrnoException).code).startsWith("Z_")) throw fileError(cause, path);
    throw new AtsError("CORRUPT", `${path} is no gzip file, or a damaged one.`, { path, cause });
  } finally {
    file.destroy();
  }
  if (filled > 0) yield buffers[0].subarray(0, filled);
}

/** A header, the lines that it has, and what comes after them in their block. */
interface FoundHeader {
  readonly header: MatrixMarketHeader;
  readonly line: number;
  readonly rest: Buffer;
}

async function readHeader(
  path: string,
  blocks: AsyncGenerator<Buffer>,
  { maxBytes }: MatrixMarketOptions,
): Promise<FoundHeader> {
  const reader = new HeaderReader(path, maxBytes);
  for (;;) {
    const { value: block, done } = await blocks.next();
    if (done) throw new AtsError("CORRUPT", `${path} has no size line.`, { path });
    const rest = reader.take(block);
    const { header, line } = reader;
    if (header !== undefined && rest !== undefined) return { header, line, rest };
  }
}

class HeaderReader {
  header: MatrixMarketHeader | undefined;
  /** The lines that were read. */
  line = 0;
  #value: CoordinateForm["value"] | undefined;

  constructor(
    private readonly path: string,
    private readonly maxBytes: number,
  ) {}

  /** What is left of `block` once the header was found; undefined where it goes on in the next one. */
  take(block: Buffer): Buffer | undefined {
    for (let start = 0; start < block.length; ) {
      const end = block.indexOf(LINE_END, start);
      const stop = end < 0 ? block.length : end;
      this.line++;
      if (stop - start > LONGEST_LINE) throw this.#corrupt("is too long");
      this.#take(block.toString("latin1", start, stop).trim());
      start = stop + 1;
      if (this.header !== undefined) return block.subarray(start);
    }
    return undefined;
  }

  #take(line: string): void {
    if (this.#value === undefined) this.#value = this.#kind(line);
    else if (line !== "" && !line.startsWith("%")) this.header = this.#sizes(line, this.#value);
  }

  #kind(line: string): CoordinateForm["value"] {
    const words = line.toLowerCase().split(/\s+/);
    if (words[0] !== "%%matrixmarket" || words[1] !== "matrix") throw this.#corrupt("is no Matrix Market header");
    const [, , form, kind, symmetry] = words;
    const known = ENTRY_VALUES.find((value) => value === kind);
    if (form === "coordinate" && known !== undefined && symmetry === "general") return known;
    throw new AtsError(
      "UNSUPPORTED",
      `${this.path} holds a ${[form, kind, symmetry].join(" ")} matrix; only coordinate integer, real and pattern general ones are read.`,
      { path: this.path },
    );
  }

  #sizes(line: string, value: CoordinateForm["value"]): MatrixMarketHeader {
    const sizes = line.split(/\s+/).map(Number);
    const [rows, columns, entries] = sizes as [number, number, number];
    if (sizes.length !== 3 || !sizes.every((n) => Number.isSafeInteger(n) && n >= 0)) {
      throw this.#corrupt("is no line of sizes");
    }
    if (Math.max(rows, columns) > MAX_EXTENT || entries * 16 > this.maxBytes) {
      throw new AtsError("LIMIT_EXCEEDED", `${this.path} has ${line} (rows, columns, entries), more than is read.`, {
        path: this.path,
      });
    }
    return { rows, columns, entries, value };
  }

  #corrupt(what: string): AtsError {
    return new AtsError("CORRUPT", `${this.path}: line ${this.line} ${what}.`, { path: this.path });
  }
}

const WRONG: Readonly<Record<NonNullable<ParsedText["wrong"]>, (form: CoordinateForm) => string>> = {
  form: () => "is no entry",
  index: () => "lies outside the matrix",
  value: ({ value }) => `has no ${value} value`,
  room: () => "is one entry too many",
};

async function* batchesOf(
  path: string,
  { header, line, rest }: FoundHeader,
  blocks: AsyncGenerator<Buffer>,
  { batch = header.entries, signal }: MatrixMarketOptions,
): AsyncGenerator<EntryBatch> {
  const room = Math.min(header.entries, batch + BLOCK_BYTES / LEAST_LINE);
  const arrays = { row: allocate("int32", room), column: allocate("int32", room), value: allocate("float32", room) };
  let [lines, count, left] = [line, 0, header.entries];
  const parse = async (text: Buffer) => {
    const most = count + left;
    const { row, column, value } = arrays;
    const into = { row: row.subarray(0, most), column: column.subarray(0, most), value: value.subarray(0, most) };
    const parsed = await parseCoordinates(text, header, into, count, { path, signal });
    lines += parsed.lines;
    count += parsed.entries;
    left -= parsed.entries;
    if (parsed.wrong === undefined) return;
    throw new AtsError("CORRUPT", `${path}: line ${lines + 1} ${WRONG[parsed.wrong](header)}.`, { path });
  };
  for (let parsing = parse(rest); ; ) {
    // The next block is unpacked meanwhile; whatever fails, nothing is left that writes to the arrays.
    const next = blocks.next();
    next.catch(() => undefined);
    await parsing;
    const { value: block, done } = await next;
    if (count >= batch && count > 0) {
      yield { ...arrays, count };
      count = 0;
    }
    if (done) break;
    parsing = parse(block);
  }
  if (left > 0) {
    const what = `ends after ${header.entries - left} of ${header.entries} entries`;
    throw new AtsError("CORRUPT", `${path} ${what}.`, { path });
  }
  if (count > 0) yield { ...arrays, count };
}
