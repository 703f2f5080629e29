/** Where the nodes of HDF5 files lie in them, so that a writer of the same format can copy what is stored. */
import type { Hdf5Object, Hdf5Reader } from "./hdf5.js";
import type { StoredNode } from "./types.js";

/** A node as it is stored, and the address of its object header, which no other object of the file has. */
export interface Place {
  readonly object: Hdf5Object;
  readonly header: number;
}

const HEADERS = new WeakMap<StoredNode, { readonly reader: Hdf5Reader; readonly header: number }>();

/** Remembers that `node` is the object whose header is at `header` of the file that `reader` reads. */
export function notePlace(node: StoredNode, reader: Hdf5Reader, header: number | null): void {
  if (header !== null) HEADERS.set(node, { reader, header });
}

/**
 * What `node` is in its file; undefined for a node of another format, for what cannot be copied as it is stored, and where the two readers do not
 * see the same. Errors as `Hdf5Reader.stored` has them.
 */
export async function storedPlace(node: StoredNode): Promise<Place | undefined> {
  const noted = HEADERS.get(node);
  const object = await noted?.reader.stored(noted.header, node.path);
  if (noted === undefined || object === undefined) return undefined;
  const { kind, shape } = object.info();
  const differs = node.kind === "array" && shape !== null && String(shape) !== String(node.shape);
  return kind !== node.kind || differs ? undefined : { object, header: noted.header };
}
