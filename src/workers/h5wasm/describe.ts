/** What an object of the file is, without reading its values. */
import { sizeOf } from "../../elements/dense.js";
import { readAttributes } from "./attributes.js";
import { codecOf, filterName, type H5Filter, READABLE_FILTERS } from "./filters.js";
import { ask, failure, type H5File } from "./h5-file.js";
import type { Member } from "./links.js";
import type { H5ArrayInfo, H5NodeInfo } from "./messages.js";
import type { DataMetadata } from "./module.js";
import { type H5Type, storedDType, typeOf } from "./types.js";

/** HDF5's number of the ASCII character set: what h5py makes of numpy's S arrays. */
const ASCII = 0;

/** Chunks up to this many bytes are always taken; larger ones only from a file that can hold one. */
const PLAUSIBLE_BYTES = 64 * 2 ** 20;
/** The most that DEFLATE can make of one byte. */
const DEFLATE_RATIO = 1032;

/** A dataset with everything that a read needs. */
export interface Dataset {
  readonly address: string;
  readonly metadata: DataMetadata;
  readonly shape: readonly number[];
  readonly type: H5Type;
  readonly filters: readonly H5Filter[];
}

/** The dataset at `address`; `CORRUPT` where its header cannot be read. */
export function openDataset(file: H5File, address: string): Dataset {
  const metadata = ask(file, address, (module, id) => module.get_dataset_metadata(id, address));
  const filters = ask(file, address, (module, id) => module.get_dataset_filters(id, address));
  return { address, metadata, shape: metadata.shape ?? [], type: typeOf(metadata), filters };
}

/** What the main thread learns of `member`; undefined for what is neither group nor dataset (a named type). */
export function describe(file: H5File, member: Member): H5NodeInfo | undefined {
  const { address } = member;
  if (member.kind === "other") return undefined;
  if (member.kind === "group") {
    return { kind: "group", address, attributes: readAttributes(file, address), header: headerAddress(file, address) };
  }
  return describeDataset(file, openDataset(file, address));
}

function describeDataset(file: H5File, dataset: Dataset): H5ArrayInfo {
  const { address, metadata, shape, type, filters } = dataset;
  return {
    kind: "array",
    address,
    attributes: readAttributes(file, address),
    shape,
    dtype: storedDType(type),
    unsupported: type.kind === "unsupported" ? type.what : type.kind === "reference" ? "object reference" : null,
    layout: { chunks: metadata.chunks, shards: null, codec: codecOf(filters) },
    empty: metadata.shape === null,
    fixedText: type.kind === "text" && !type.variable && metadata.cset === ASCII,
    itemBytes: metadata.size,
    header: headerAddress(file, address),
  };
}

/** An object reference is the address of the object's header. */
function headerAddress(file: H5File, address: string): number | null {
  const bytes = ask(file, address, (module, id) => module.create_object_reference(id, address));
  const header = Buffer.from(bytes).readBigUInt64LE();
  return header <= Number.MAX_SAFE_INTEGER ? Number(header) : null;
}

/**
 * Whether the values of `dataset` can be read at all, before anything is allocated: `UNSUPPORTED` for an element type or filter that is
 * not there and for a virtual dataset, `LIMIT_EXCEEDED` for chunks beyond `maxChunkBytes` or beyond what the file can hold.
 */
export function checkReadable(file: H5File, dataset: Dataset): void {
  const { address, metadata, type, filters } = dataset;
  const refuse = (what: string) => failure(file.setup, "UNSUPPORTED", address, what);
  if (type.kind === "unsupported") throw refuse(`has the HDF5 type ${type.what}, which is not read`);
  if (metadata.virtual_sources !== undefined) throw refuse("is a virtual dataset, whose values are in other files");
  const missing = filters.find((filter) => READABLE_FILTERS[filter.id] === undefined);
  if (missing !== undefined) {
    throw refuse(`is compressed with ${filterName(missing)}, which is not read; store it with gzip or lzf`);
  }
  if (metadata.chunks === null) return;
  const bytes = sizeOf(metadata.chunks) * metadata.size;
  const limit = file.setup.limits.maxChunkBytes;
  if (bytes > limit || (bytes > PLAUSIBLE_BYTES && bytes > file.setup.size * DEFLATE_RATIO)) {
    throw failure(
      file.setup,
      "LIMIT_EXCEEDED",
      address,
      `has chunks of ${bytes} bytes; raise maxChunkBytes if you trust it`,
    );
  }
}
