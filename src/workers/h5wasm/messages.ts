/** The requests of the HDF5 worker and their answers. */
import type { DType, TypedArray } from "../../dtype.js";
import type { AxisSelection } from "../../selection/axis.js";
import type { ArrayLayout, Attributes, StoredDType } from "../../storage/types.js";

/** What the worker may allocate for untrusted input. */
export interface H5Limits {
  readonly maxChunkBytes: number;
  readonly maxMetadataBytes: number;
}

/** What every HDF5 worker of a file is started with. The descriptor belongs to the main thread, which closes it last. */
export interface H5Setup {
  readonly fd: number;
  /** Bytes of the file. */
  readonly size: number;
  /** The file's path, for messages. */
  readonly path: string;
  readonly limits: H5Limits;
}

/** A group as the worker found it. `address` is its path within the file once links are resolved. */
export interface H5GroupInfo {
  readonly kind: "group";
  readonly address: string;
  readonly attributes: Attributes;
  /** The address of its object header, for readers without the library; null where there is none. */
  readonly header: number | null;
}

/** A dataset as the worker found it. */
export interface H5ArrayInfo {
  readonly kind: "array";
  readonly address: string;
  readonly attributes: Attributes;
  readonly shape: readonly number[];
  /** Null where the element type cannot be read; `unsupported` says which it is. */
  readonly dtype: StoredDType | null;
  readonly unsupported: string | null;
  readonly layout: ArrayLayout;
  readonly empty: boolean;
  /** Whether it holds ASCII strings of a fixed length. */
  readonly fixedText: boolean;
  /** Bytes of one stored value. */
  readonly itemBytes: number;
  /** The address of its object header, for readers without the library; null where there is none. */
  readonly header: number | null;
}

export type H5NodeInfo = H5GroupInfo | H5ArrayInfo;

/** Asks for the member `name` of the group at `address`. */
export interface H5ChildRequest {
  readonly address: string;
  readonly name: string;
}

/** Asks for a selection of the dataset at `address`; one entry per dimension. */
export interface H5ReadRequest {
  readonly address: string;
  readonly selection: readonly AxisSelection[];
}

/** Numbers, in C order. */
export interface H5Numbers {
  readonly kind: "numbers";
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: TypedArray;
}

/** Strings: entry i is `bytes[starts[i]]` and the `lengths[i] - 1` bytes after it, valid UTF-8. */
export interface H5Strings {
  readonly kind: "strings";
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly lengths: Uint32Array;
}

/** Records, field by field. */
export interface H5Records {
  readonly kind: "records";
  readonly length: number;
  readonly fields: readonly { readonly name: string; readonly value: H5Numbers | H5Strings }[];
}

export type H5Value = H5Numbers | H5Strings | H5Records;
