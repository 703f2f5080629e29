/** Opens `.ats` directories, ours and those of the Python package: metadata only, elements are read when they are asked for. */
import { realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { readManifest } from "../durability/manifest.js";
import type { LazyArray, LazyFrame } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import { list } from "../storage/directories.js";
import { openParquet } from "../storage/parquet.js";
import { ZarrDirectory } from "../storage/zarr.js";
import { OBS_FILE, RAW_NAME, VAR_FILE, X_NAME } from "./ats-layout.js";
import { openMap, openStored } from "./ats-map.js";
import { checkMembers, Seal } from "./ats-seal.js";
import { type AtsStore, currentCheck, untilCurrent } from "./ats-store.js";
import { lazyTable } from "./ats-table.js";
import { openUns } from "./ats-uns.js";
import type { AnnDataElements, OpenedAnnData, OpenOptions, RawElements } from "./types.js";

/**
 * Opens the store at `path`, a directory that is known to be one. `CORRUPT` where obs, var and X do not fit each other or something that
 * we wrote is gone; `LIMIT_EXCEEDED`, `UNSAFE_PATH`, `UNSUPPORTED`, `IO`. Members of maps and of `uns` that cannot be read fail one by one.
 */
export function openAts(path: string, options: OpenOptions = {}): Promise<OpenedAnnData> {
  return untilCurrent(() => openOnce(path, options));
}

async function openOnce(path: string, options: OpenOptions): Promise<OpenedAnnData> {
  options.signal?.throwIfAborted();
  const root = await realpath(path);
  const limits = options.limits ?? {};
  const checkCurrent = currentCheck(root, await stat(root, { bigint: true }));
  const manifest = await readManifest(root, limits.maxMetadataBytes ?? 64 * 2 ** 20);
  const seal = manifest && new Seal(manifest);
  const { threads, cacheBytes, strict } = options;
  const storage = new ZarrDirectory(root, {
    ...limits,
    threads,
    cacheBytes,
    strict,
    checkArray: seal?.checkArray,
    checkCurrent,
  });
  const store: AtsStore = { root, storage, limits, seal, state: { closed: false }, checkCurrent };
  const elements = await openElements(store).catch(async (error: unknown) => {
    await checkCurrent();
    throw error;
  });
  await checkCurrent();
  return {
    format: "ats",
    version: manifest === undefined ? null : String(manifest.version),
    location: path,
    elements,
    close: async () => {
      store.state.closed = true;
      await storage.close();
    },
  };
}

async function openElements(store: AtsStore): Promise<AnnDataElements> {
  checkMembers(store.seal, store.root, "", new Set((await list(store.root)).map((entry) => entry.name)));
  const [obs, variables, X] = await Promise.all([
    openTable(store, OBS_FILE, "obs"),
    openTable(store, VAR_FILE, "var"),
    openMatrix(store, X_NAME),
  ]);
  const shape = [obs.length, variables.length] as const;
  checkShape(X, shape, store.root);
  const [layers, obsm, varm, obsp, varp, uns, raw] = await Promise.all([
    openMap(store, "layers"),
    openMap(store, "obsm"),
    openMap(store, "varm"),
    openMap(store, "obsp"),
    openMap(store, "varp"),
    openUns(store),
    openRaw(store, obs.length),
  ]);
  return { shape, X, obs, var: variables, layers, obsm, varm, obsp, varp, uns, raw };
}

async function openTable(store: AtsStore, file: string, path: string): Promise<LazyFrame> {
  const { maxMetadataBytes } = store.limits;
  return lazyTable(await openParquet(join(store.root, file), path, { maxMetadataBytes }));
}

/** X at `path`; null where there is none. */
async function openMatrix(store: AtsStore, path: string): Promise<LazyArray | null> {
  const parent = path.includes("/")
    ? store.storage.directory(path.slice(0, path.lastIndexOf("/")))
    : store.storage.root;
  const node = await parent.get(X_NAME);
  if (node === undefined) return null;
  const element = await openStored(store, node, path);
  if (element.kind === "lazy-array") return element;
  throw new AtsError("CORRUPT", `${join(store.root, path)} is not a matrix.`, { path });
}

function checkShape(X: LazyArray | null, [rows, columns]: readonly [number, number], root: string): void {
  if (X === null || (X.shape.length === 2 && X.shape[0] === rows && X.shape[1] === columns)) return;
  throw new AtsError("CORRUPT", `${root}: X has the shape [${X.shape}], but obs has ${rows} rows and var ${columns}.`, {
    path: root,
  });
}

async function openRaw(store: AtsStore, rows: number): Promise<RawElements | null> {
  const present = (await list(store.root)).some((entry) => entry.name === RAW_NAME);
  if (!present) return null;
  const [X, variables, varm] = await Promise.all([
    openMatrix(store, `${RAW_NAME}/${X_NAME}`),
    openTable(store, `${RAW_NAME}/${VAR_FILE}`, `${RAW_NAME}/var`),
    openMap(store, `${RAW_NAME}/varm`),
  ]);
  checkShape(X, [rows, variables.length], join(store.root, RAW_NAME));
  return { X, var: variables, varm };
}
