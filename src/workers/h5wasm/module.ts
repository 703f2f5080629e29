/** The part of h5wasm that is used here, and how it is loaded. */

/** What h5wasm says of an element type; `H5T_class_t` numbers in `type`. */
export interface TypeMetadata {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly littleEndian: boolean;
  readonly vlen: boolean;
  readonly strpad?: number;
  readonly cset?: number;
  readonly ref_type?: "object" | "region";
  readonly array_type?: TypeMetadata & { readonly shape: readonly number[] };
  readonly compound_type?: { readonly members: readonly MemberMetadata[] };
  readonly enum_type?: { readonly type: number; readonly members: Readonly<Record<string, number>> };
}

/** A member of a compound type. */
export interface MemberMetadata extends TypeMetadata {
  readonly name: string;
  readonly offset: number;
}

/** What h5wasm says of an attribute or dataset. A null `shape` is a null data space. */
export interface DataMetadata extends TypeMetadata {
  readonly shape: readonly number[] | null;
  readonly total_size: number;
  readonly chunks: readonly number[] | null;
  readonly virtual_sources?: readonly unknown[];
}

/** Emscripten's file system, as far as a file is mounted and written into it. */
export interface EmscriptenFs {
  readonly ErrnoError: new (errno: number) => Error;
  createNode(parent: FsNode | null, name: string, mode: number, device: number): FsNode;
  mkdir(path: string): void;
  mkdirTree(path: string): void;
  mount(type: object, options: object, mountpoint: string): void;
  writeFile(path: string, data: Uint8Array): void;
}

/** A node of that file system. */
export interface FsNode {
  readonly id: number;
  readonly mode: number;
  node_ops: object;
  stream_ops: object;
}

/** The calls of h5wasm's module. Paths are absolute; a negative result is a failure. */
export interface H5Module {
  readonly FS: EmscriptenFs;
  /** A view of the heap; taken anew after every call, because the heap grows. */
  readonly HEAPU8: Uint8Array;
  readonly H5G_GROUP: number;
  readonly H5G_DATASET: number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  open(file: string, mode: number, trackOrder: boolean, low: number, high: number): bigint;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_type(file: bigint, path: string): number;
  get_symbolic_link(file: bigint, path: string): string | null;
  get_external_link(file: bigint, path: string): { readonly filename?: string };
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): DataMetadata;
  get_attribute_data(file: bigint, path: string, name: string, pointer: bigint): number;
  get_dataset_metadata(file: bigint, path: string): DataMetadata;
  get_dataset_filters(file: bigint, path: string): { readonly id: number; readonly name: string }[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: bigint[] | null,
    offset: bigint[] | null,
    strides: bigint[] | null,
    pointer: bigint,
  ): number;
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, pointer: bigint): number;
  reclaim_vlen_memory_count(file: bigint, path: string, attribute: string, pointer: bigint, count: bigint[]): number;
  /** The address of the object's header, in little-endian bytes. */
  create_object_reference(file: bigint, path: string): Uint8Array;
  get_referenced_name(file: bigint, reference: Uint8Array, isObject: boolean): string | null;
}

/**
 * Loads h5wasm. Its build for browsers is taken on purpose: that one sees a file system of its own in memory, so a hostile file, whatever
 * it makes of the library, reaches nothing but itself. The build for Node hands it the whole disk.
 */
export async function loadH5wasm(): Promise<H5Module> {
  const { ready } = await import("h5wasm");
  return (await ready) as unknown as H5Module;
}
