/** The groups and datasets of an HDF5 file as nodes. */
import type { TypedArray } from "../dtype.js";
import { AtsError } from "../errors.js";
import { type AxisSelection, wholeAxis } from "../selection/axis.js";
import type { EntryRuns } from "../selection/runs.js";
import type { H5ArrayInfo, H5GroupInfo, H5NodeInfo } from "../workers/h5wasm/messages.js";
import type { H5wasmFile } from "./h5wasm.js";
import { readH5, readH5Runs } from "./h5wasm-read.js";
import { notePlace } from "./hdf5-place.js";
import type {
  ArrayLayout,
  ArrayNode,
  Attributes,
  GroupNode,
  ReadOptions,
  RunReadOptions,
  StoredDType,
  StoredNode,
  StoredValue,
} from "./types.js";

/** A group of an HDF5 file. */
export class H5wasmGroup implements GroupNode {
  readonly kind = "group";
  readonly path: string;
  readonly attributes: Attributes;
  readonly #file: H5wasmFile;
  readonly #info: H5GroupInfo;
  readonly #depth: number;
  #keys: Promise<readonly string[]> | undefined;

  constructor(file: H5wasmFile, path: string, info: H5GroupInfo, depth: number) {
    this.path = path;
    this.attributes = info.attributes;
    this.#file = file;
    this.#info = info;
    this.#depth = depth;
    notePlace(this, file.direct, info.header);
  }

  /** The names of its members, listed once. */
  keys(): Promise<readonly string[]> {
    this.#keys ??= this.#names();
    this.#keys.catch(() => {
      this.#keys = undefined;
    });
    return this.#keys;
  }

  /**
   * The member `name`. `UNSAFE_PATH` for a link into another file, `LIMIT_EXCEEDED` for links in a circle or groups nested
   * deeper than `maxDepth`, `CORRUPT` for what cannot be read.
   */
  async get(name: string): Promise<StoredNode | undefined> {
    const { direct, pool, maxDepth, path } = this.#file;
    const found = await direct.child(this.#info, name);
    const info = found
      ? found.node
      : await pool.request<H5NodeInfo | undefined>("child", { address: this.#info.address, name });
    if (info === undefined) return undefined;
    const at = this.path === "" ? name : `${this.path}/${name}`;
    if (info.kind === "array") return new H5wasmArray(this.#file, at, info);
    if (this.#depth + 1 > maxDepth) {
      throw new AtsError(
        "LIMIT_EXCEEDED",
        `${path} nests groups deeper than ${maxDepth}; raise maxDepth if you trust it.`,
        {
          path: `${path}/${at}`,
        },
      );
    }
    return new H5wasmGroup(this.#file, at, info, this.#depth + 1);
  }

  async #names(): Promise<readonly string[]> {
    const { direct, pool } = this.#file;
    return (await direct.names(this.#info)) ?? pool.request<readonly string[]>("names", this.#info.address);
  }
}

/** A dataset of an HDF5 file. */
export class H5wasmArray implements ArrayNode {
  readonly kind = "array";
  readonly path: string;
  readonly attributes: Attributes;
  readonly shape: readonly number[];
  readonly dtype: StoredDType;
  readonly layout: ArrayLayout;
  readonly empty: boolean;
  readonly fixedText: boolean;
  /** There for one dimension of numbers. */
  declare readonly readRuns?: (runs: EntryRuns, into: TypedArray, options?: RunReadOptions) => Promise<boolean>;
  readonly #file: H5wasmFile;
  readonly #info: H5ArrayInfo;

  constructor(file: H5wasmFile, path: string, info: H5ArrayInfo) {
    this.path = path;
    this.attributes = info.attributes;
    this.shape = info.shape;
    // An element type that cannot be read has no name here; reading it says so.
    this.dtype = info.dtype ?? { fields: [] };
    this.layout = info.layout;
    this.empty = info.empty;
    this.fixedText = info.fixedText;
    this.#file = file;
    this.#info = info;
    notePlace(this, file.direct, info.header);
    if (info.shape.length === 1 && info.dtype !== null && info.dtype !== "string" && typeof info.dtype === "string") {
      this.readRuns = (runs, into, options = {}) => readH5Runs(file, info, runs, into, options);
    }
  }

  /** Reads a selection, on threads of the addon where it takes this dataset, else through h5wasm. */
  read(selection: readonly (AxisSelection | undefined)[] = [], options: ReadOptions = {}): Promise<StoredValue> {
    const whole = this.shape.map((extent, axis) => selection[axis] ?? wholeAxis(extent));
    return readH5(this.#file, this.#info, whole, options.signal);
  }

  /** What the values take in the file; undefined where only h5wasm reads them, which does not tell. */
  async storedBytes(): Promise<number | undefined> {
    return (await this.#file.direct.dataset(this.#info))?.storedBytes;
  }
}
