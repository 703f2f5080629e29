/**
 * A writer for small FlatBuffers (the format's "Internals" page): tables whose children are laid out behind them, so that every offset points forward.
 */

/** A field's value: `offset` values are laid out behind the table and referred to. */
export type FlatValue =
  | { readonly kind: "u8" | "i16" | "i32" | "i64"; readonly value: number }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "table"; readonly value: FlatTable }
  | { readonly kind: "tables"; readonly value: readonly FlatTable[] };

/** A table: its fields by their number in the schema; fields that are not given have their default. */
export type FlatTable = ReadonlyMap<number, FlatValue>;

const WIDTH = { u8: 1, i16: 2, i32: 4, i64: 8, string: 4, table: 4, tables: 4 } as const;

/** The bytes of a buffer whose root is `table`. */
export function writeFlatBuffer(table: FlatTable): Uint8Array {
  const writer = new FlatWriter();
  writer.reserve(4, 8);
  writer.patch(0, writer.table(table));
  return writer.finish();
}

class FlatWriter {
  #view = new DataView(new ArrayBuffer(1024));
  #size = 0;

  finish(): Uint8Array {
    this.reserve(0, 8);
    return new Uint8Array(this.#view.buffer, 0, this.#size);
  }

  /** Room for `bytes` at the next multiple of `align`; gives its position. */
  reserve(bytes: number, align: number): number {
    const at = Math.ceil(this.#size / align) * align;
    this.#size = at + bytes;
    while (this.#size > this.#view.byteLength) {
      const grown = new Uint8Array(this.#view.byteLength * 2);
      grown.set(new Uint8Array(this.#view.buffer));
      this.#view = new DataView(grown.buffer);
    }
    return at;
  }

  /** Makes the reference at `at` point to `target`. */
  patch(at: number, target: number): void {
    this.#view.setUint32(at, target - at, true);
  }

  /** Lays out the vtable, the table with its widest fields first, then what it refers to; gives the table's position. */
  table(fields: FlatTable): number {
    const slots = Math.max(-1, ...fields.keys()) + 1;
    const vtable = this.reserve(4 + 2 * slots, 8);
    const ordered = [...fields].sort(([, a], [, b]) => WIDTH[b.kind] - WIDTH[a.kind]);
    const wide = ordered.some(([, field]) => WIDTH[field.kind] === 8);
    const size = ordered.reduce((sum, [, field]) => sum + WIDTH[field.kind], wide ? 8 : 4);
    const at = this.reserve(size, 8);
    this.#view.setInt32(at, at - vtable, true);
    this.#view.setUint16(vtable, 4 + 2 * slots, true);
    this.#view.setUint16(vtable + 2, size, true);
    let offset = wide ? 8 : 4;
    const later: [number, FlatValue][] = [];
    for (const [slot, field] of ordered) {
      this.#view.setUint16(vtable + 4 + 2 * slot, offset, true);
      if (!this.#scalar(at + offset, field)) later.push([at + offset, field]);
      offset += WIDTH[field.kind];
    }
    for (const [position, field] of later) this.patch(position, this.#child(field));
    return at;
  }

  #scalar(at: number, field: FlatValue): boolean {
    if (field.kind === "u8") this.#view.setUint8(at, field.value);
    else if (field.kind === "i16") this.#view.setInt16(at, field.value, true);
    else if (field.kind === "i32") this.#view.setInt32(at, field.value, true);
    else if (field.kind === "i64") this.#view.setBigInt64(at, BigInt(field.value), true);
    else return false;
    return true;
  }

  #child(field: FlatValue): number {
    if (field.kind === "table") return this.table(field.value);
    if (field.kind === "tables") return this.#tables(field.value);
    const bytes = Buffer.from((field as { value: string }).value);
    const at = this.reserve(4 + bytes.length + 1, 4);
    this.#view.setUint32(at, bytes.length, true);
    new Uint8Array(this.#view.buffer).set(bytes, at + 4);
    return at;
  }

  #tables(tables: readonly FlatTable[]): number {
    const at = this.reserve(4 + 4 * tables.length, 4);
    this.#view.setUint32(at, tables.length, true);
    tables.forEach((table, i) => {
      this.patch(at + 4 + 4 * i, this.table(table));
    });
    return at;
  }
}
