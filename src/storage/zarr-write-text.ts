/** Strings of a Zarr array that is being written: encoded natively, chunk by chunk. */
import type { StringArray } from "../elements/strings.js";
import { type StringLayout, writeStringArray } from "../kernels/strings.js";
import { KvStore } from "../tensorstore/kvstore.js";
import type { WriteBlock } from "./zarr-write-array.js";
import type { ArrayPlan } from "./zarr-write-plan.js";
import type { ZarrWriteSession } from "./zarr-write-session.js";
import { INDEX_CODECS, INDEX_LOCATION } from "./zarr3-codec.js";

/** A writer for the strings of `plan`, of any length or of a fixed one, at `path`. */
export function textWriter(path: string, plan: ArrayPlan, session: ZarrWriteSession): WriteBlock {
  let opened: Promise<StringLayout> | undefined;
  return async (origin, block) => {
    opened ??= layoutOf(path, plan, session);
    const strings = block as StringArray;
    await writeStringArray({ ...(await opened), origin, block: { ...strings.utf8(), shape: strings.shape } });
  };
}

async function layoutOf(path: string, plan: ArrayPlan, session: ZarrWriteSession): Promise<StringLayout> {
  const { form, shape, chunks, shards } = plan;
  const { context, sink, dialect } = session;
  return {
    path,
    store: await KvStore.open(sink.chunkStore(path), { context }),
    context,
    shape,
    chunks,
    shards: shards === null ? undefined : { shape: shards, indexLocation: INDEX_LOCATION, indexCodecs: INDEX_CODECS },
    text: form.kind === "bytes" ? { kind: "bytes", length: form.size } : { kind: "vlen-utf8" },
    order: "C",
    fill: "",
    ...dialect.strings(plan),
  };
}
