/** The native HDF5 reader, as native/node/hdf5_read.cc makes it. */
import type { NativeStrings, Selected } from "./addon.js";

/** What is known of a group or dataset without reading its values; `path` is from the root, by hard links alone. */
export type NativeHdf5Node =
  | { readonly kind: "other" }
  | {
      readonly kind: "group";
      readonly path: string;
      readonly header: number;
      readonly attributes: NativeHdf5Attributes;
    }
  | {
      readonly kind: "array";
      readonly path: string;
      readonly header: number;
      readonly attributes: NativeHdf5Attributes;
      /** "records" for what has `fields`. */
      readonly dtype: string;
      readonly fields: readonly NativeHdf5Field[];
      /** Bytes of a stored element. */
      readonly itemBytes: number;
      /** Text: of a fixed length; declared as ASCII. */
      readonly fixed: boolean;
      readonly ascii: boolean;
      readonly empty: boolean;
      readonly shape: number[];
      readonly chunks: number[] | null;
      /** Numbers and names by turns. */
      readonly filters: readonly (number | string)[];
    };

/** A field of records: numbers or text, `shape` of them in each. */
export interface NativeHdf5Field {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes from the beginning of a record. */
  readonly offset: number;
  readonly itemBytes: number;
  /** Bytes of the numbers that stand the wrong way round; 0 where none do. */
  readonly swap: number;
  /** Text: of a fixed length; what pads it (HDF5's number). */
  readonly fixed: boolean;
  readonly padding: number;
}

/** The value of an attribute; arrays are nested by dimension. */
export type NativeHdf5Value = string | number | bigint | boolean | null | readonly NativeHdf5Value[];

/** Names and values by turns. */
export type NativeHdf5Attributes = readonly NativeHdf5Value[];

/** An HDF5 file that is read without HDF5's library. Anything unusual is `UNSUPPORTED`. */
export interface NativeHdf5File {
  /** The root group. */
  root(token: number): Promise<NativeHdf5Node>;
  /** The names of the members of the group whose object header is at `group`. */
  names(group: number, token: number): Promise<string[]>;
  /** The member `name` of the group at `group`, which `path` leads to. `UNSAFE_PATH` for a link into another file. */
  child(group: number, path: string, name: string, token: number): Promise<NativeHdf5Node | undefined>;
  /** The strings that the stored `elements` of a field stand for. */
  texts(
    elements: Uint8Array,
    itemBytes: number,
    fixed: boolean,
    padding: number,
    maxBytes: number,
    token: number,
  ): Promise<Pick<NativeStrings, "sizes" | "fill">>;
  /** The dataset whose object header is at `address`; reads its chunk index. `UNSUPPORTED` for what this reader does not take. */
  dataset(address: number, path: string, token: number): Promise<NativeHdf5Dataset>;
  /** The group or dataset whose object header is at `address`, for copies; `UNSUPPORTED` where it says something only within its file. */
  stored(address: number, path: string, token: number): Promise<NativeHdf5Object>;
  /** Bytes that were read so far. */
  bytesRead(): number;
  /** Gives the descriptor back once no read is under way. */
  close(): void;
}

/** A group or dataset of such a file as it is stored, with its attributes. */
export interface NativeHdf5Object {
  info(): {
    readonly kind: "group" | "array";
    /** How a copy gets its values: as they are stored, as text that is written anew, or from who can read them. */
    readonly values: "stored" | "text" | "other";
    /** Null for a group, a null data space, and where `values` is "other" because of the type. */
    readonly shape: number[] | null;
    /** Bytes that the values take in the file; of text, its references; 0 for a group. */
    readonly storedBytes: number;
    /** The attributes are not in the object's header: a copy is given them. */
    readonly attributesElsewhere: boolean;
  };
}

/** A dataset of such a file. `dtype` is "string" for text, "records" for what has `fields`, whose elements `read` gives as they are stored. */
export interface NativeHdf5Dataset {
  info(): {
    dtype: string;
    itemBytes: number;
    fields: NativeHdf5Field[];
    shape: number[];
    chunks: number[] | null;
    storedBytes: number;
  };
  /** `target` has the selection's bytes exactly. */
  read(
    selection: readonly Selected[],
    target: ArrayBufferView,
    fresh: boolean,
    threads: number,
    token: number,
  ): Promise<void>;
  /**
   * One dimension only; places are counted in values. Whether all values that were read are known to be in [0, below); false for a negative `below`.
   */
  readRuns(
    starts: Float64Array,
    counts: Float64Array,
    places: Float64Array,
    target: ArrayBufferView,
    fresh: boolean,
    below: number,
    threads: number,
    token: number,
  ): Promise<boolean>;
  readStrings(
    selection: readonly Selected[],
    maxBytes: number,
    threads: number,
    token: number,
  ): Promise<Pick<NativeStrings, "sizes" | "fill">>;
}
