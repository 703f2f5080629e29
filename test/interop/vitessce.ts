/** Vitessce's loaders of AnnData, from its published bundle, and the little of their types that the tests need. */
import { execFileSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

/** Reads a store: what all loaders share. */
export interface DataSource {
  loadObsIndex(): Promise<string[]>;
  loadVarIndex(): Promise<string[]>;
  /** Columns as texts; numbers too. */
  loadObsColumns(paths: readonly string[]): Promise<string[][]>;
  loadObsColumnCodes(path: string): Promise<{ codes: ArrayLike<number>; categories: string[] } | null>;
  loadNumeric(path: string): Promise<{ data: ArrayLike<number | bigint>; shape: number[] }>;
}

/** What a loader is told: the file type and where in the store its data lies. */
export interface LoaderParameters {
  readonly url: string;
  readonly fileType: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** Loads the matrix of cells by genes. */
export interface MatrixLoader {
  load(): Promise<{
    data: { obsIndex: string[]; featureIndex: string[]; obsFeatureMatrix: { data: ArrayLike<number> } };
  }>;
  /** The columns of genes, by their names. */
  loadGeneSelection(wanted: { selection: readonly string[] }): Promise<{ data: ArrayLike<number>[] }>;
}

/** Loads an embedding: one array per dimension. */
export interface EmbeddingLoader {
  load(): Promise<{ data: { obsIndex: string[]; obsEmbedding: { data: ArrayLike<number>[]; shape: number[] } } }>;
}

/** Loads groups of cells: each cell's path in the hierarchy of groups. */
export interface SetsLoader {
  load(): Promise<{ data: { obsIndex: string[]; obsSets: SetsTree } }>;
}

/** Groups, each with its cells. */
export interface SetsTree {
  readonly tree: readonly {
    readonly name: string;
    readonly children: readonly { readonly name: string; readonly set: readonly (readonly [string, unknown])[] }[];
  }[];
}

type Loader<T> = new (source: DataSource, parameters: LoaderParameters) => T;

/** What of the bundle is used here. */
export interface Vitessce {
  readonly AnnDataSource: new (parameters: { readonly url: string; readonly fileType: string }) => DataSource;
  readonly ObsFeatureMatrixAnndataLoader: Loader<MatrixLoader>;
  readonly ObsEmbeddingAnndataLoader: Loader<EmbeddingLoader>;
  readonly ObsSetsAnndataLoader: Loader<SetsLoader>;
}

const SCRIPT = fileURLToPath(new URL("../../scripts/check/vitessce.mjs", import.meta.url));

/** The bundle, which is fetched if need be; an error, never a skipped test, where it cannot be had. */
export async function loadVitessce(): Promise<Vitessce> {
  const path = execFileSync(process.execPath, [SCRIPT], { encoding: "utf8" }).trim();
  return (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Vitessce;
}
