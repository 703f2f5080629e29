/** Values to opcodes: plain Python here, arrays by their kind. */
import type { Scalar } from "../../elements/scalar.js";
import { type ArrayValue, isArrayValue, isDict, Tuple, type Value } from "../../elements/values.js";
import { AtsError } from "../../errors.js";
import { Op } from "../machine/opcodes.js";
import type { Emitter } from "./emitter.js";
import { emitDense, emitScalar, emitStrings } from "./numpy.js";
import { emitCategorical, emitFrame, emitNullable } from "./pandas.js";
import { emitRecords } from "./records.js";
import { emitSparse } from "./sparse.js";

type EmitKind = { [K in ArrayValue["kind"]]: (emitter: Emitter, value: Extract<ArrayValue, { kind: K }>) => void };

const ARRAYS: EmitKind = {
  dense: emitDense,
  strings: emitStrings,
  categorical: emitCategorical,
  nullable: emitNullable,
  records: emitRecords,
  csr: emitSparse,
  csc: emitSparse,
  awkward: refuseAwkward,
  frame: emitFrame,
};

/** Python unpickles awkward arrays by running awkward's own code, so that none is written. */
function refuseAwkward(): never {
  throw new AtsError("UNSUPPORTED", "An awkward array cannot be pickled; keep it in a Zarr store or an .h5ad.");
}

/** Writes one value with all that it holds. */
export class ValueWriter {
  readonly #emitter: Emitter;
  readonly #maxDepth: number;
  /** The containers that are being written: one that is met again holds itself. */
  readonly #open = new Set<object>();

  constructor(emitter: Emitter, maxDepth: number) {
    this.#emitter = emitter;
    this.#maxDepth = maxDepth;
  }

  /** `INVALID_ARGUMENT` for a value that is not one of ours or holds itself. */
  write(value: Value): void {
    if (typeof value === "object" && value !== null) this.#writeObject(value);
    else this.#writeConstant(value);
  }

  #writeConstant(value: Exclude<Value, object>): void {
    if (value === null) this.#emitter.none();
    else if (typeof value === "boolean") this.#emitter.boolean(value);
    else if (typeof value === "string") this.#emitter.text(value);
    else if (typeof value === "bigint") this.#emitter.integer(value);
    else if (typeof value !== "number") throw notAValue(value);
    else if (Number.isSafeInteger(value) && !Object.is(value, -0)) this.#emitter.integer(value);
    else this.#emitter.float(value);
  }

  #writeObject(value: Extract<Value, object>): void {
    if (value instanceof Uint8Array) this.#emitter.bytes(value);
    else if (isScalar(value)) emitScalar(this.#emitter, value);
    else if (isArrayValue(value))
      (ARRAYS[value.kind] as (emitter: Emitter, value: ArrayValue) => void)(this.#emitter, value);
    else this.#nested(value, () => this.#writeContainer(value as Container));
  }

  #writeContainer(value: Container): void {
    if (value instanceof Tuple) this.#tuple(value, (item) => this.write(item));
    else if (Array.isArray(value)) {
      this.#emitter.op(Op.EMPTY_LIST);
      this.#emitter.batches(value, Op.APPENDS, (item) => this.write(item));
    } else if (value instanceof Set) {
      this.#emitter.op(Op.EMPTY_SET);
      this.#emitter.batches(value, Op.ADDITEMS, (item) => this.#writeHashable(item));
    } else if (value instanceof Map) this.#entries(value, (key) => this.#writeHashable(key));
    else if (isDict(value)) this.#entries(Object.entries(value), (key) => this.write(key));
    else throw notAValue(value);
  }

  #entries(entries: Iterable<[Value, Value]>, writeKey: (key: Value) => void): void {
    this.#emitter.op(Op.EMPTY_DICT);
    this.#emitter.batches(entries, Op.SETITEMS, ([key, value]) => {
      writeKey(key);
      this.write(value);
    });
  }

  #tuple(items: readonly Value[], writeItem: (item: Value) => void): void {
    this.#emitter.tuple(...items.map((item) => () => writeItem(item)));
  }

  /** A member of a set or a key of a dict: Python wants it immutable, so sets in it become frozensets. */
  #writeHashable(value: Value): void {
    if (value instanceof Tuple) this.#nested(value, () => this.#tuple(value, (item) => this.#writeHashable(item)));
    else if (value instanceof Set) {
      this.#nested(value, () => {
        this.#emitter.op(Op.MARK);
        for (const item of value) this.#writeHashable(item);
        this.#emitter.op(Op.FROZENSET);
      });
    } else if (typeof value !== "object" || value === null || value instanceof Uint8Array || isScalar(value)) {
      this.write(value);
    } else throw unhashable();
  }

  #nested(value: object, write: () => void): void {
    if (this.#open.has(value)) {
      throw new AtsError("INVALID_ARGUMENT", "A value that contains itself cannot be saved; break the cycle.");
    }
    if (this.#open.size >= this.#maxDepth) {
      throw new AtsError(
        "LIMIT_EXCEEDED",
        `Values nest deeper than ${this.#maxDepth} levels; flatten them before saving.`,
      );
    }
    this.#open.add(value);
    write();
    this.#open.delete(value);
  }
}

type Container = Value[] | Set<Value> | Map<Value, Value> | { [key: string]: Value };

function isScalar(value: object): value is Scalar {
  return (value as { kind?: unknown }).kind === "scalar" && !isDict(value);
}

function notAValue(value: unknown): AtsError {
  const what = typeof value === "object" ? (value?.constructor?.name ?? "object") : typeof value;
  return new AtsError(
    "INVALID_ARGUMENT",
    `A value of type ${what} cannot be saved; use plain values, arrays of this package, Map, Set or plain objects.`,
  );
}

function unhashable(): AtsError {
  return new AtsError(
    "INVALID_ARGUMENT",
    "Members of a Set and keys of a Map must be immutable for Python; use strings, numbers or Tuples.",
  );
}
