/** AnnData elements from what callers have in memory. */
import type { Table } from "apache-arrow";
import type { Frame } from "../elements/frame.js";
import type { Dict, Value } from "../elements/values.js";
import { emptyDict } from "../elements/values.js";
import { AtsError } from "../errors.js";
import type { AnnDataElements } from "../formats/types.js";
import { type ColumnsInput, frameFrom } from "./build-frame.js";
import { type MatrixInput, matrixFrom, memberFrom } from "./build-matrix.js";
import { memoryElements } from "./memory-elements.js";
import { MAP_NAMES, type MapName } from "./parts.js";

/** A table as a caller gives it: an Arrow table, a frame of ours, or an object of columns. */
export type TableInput = Table | Frame | ColumnsInput;

/** A member of layers, obsm, …: a matrix, or a table in obsm and varm. */
export type MemberInput = MatrixInput | TableInput | Value;

/** `raw` as a caller gives it. */
export interface RawInput {
  readonly X?: MatrixInput | null | undefined;
  readonly var?: TableInput | undefined;
  readonly varNames?: readonly string[] | undefined;
  readonly varm?: Readonly<Record<string, MemberInput>> | undefined;
}

/** What an AnnData in memory is made of. Everything is optional, as long as the shape can be told. */
export interface AnnDataInput extends Partial<Readonly<Record<MapName, Readonly<Record<string, MemberInput>>>>> {
  readonly X?: MatrixInput | null | undefined;
  readonly obs?: TableInput | undefined;
  readonly var?: TableInput | undefined;
  /** The index of obs; `"0"`, `"1"`, … where there is none. */
  readonly obsNames?: readonly string[] | undefined;
  readonly varNames?: readonly string[] | undefined;
  readonly uns?: Readonly<Record<string, Value>> | undefined;
  readonly raw?: RawInput | null | undefined;
}

/** Elements and the names of uns. `INVALID_ARGUMENT` where the shape cannot be told or something does not fit it. */
export function buildElements(input: AnnDataInput): { elements: AnnDataElements; unsKeys: readonly string[] } {
  const X = matrixFrom("X", input.X);
  const obs = frameFrom("obs", input.obs, input.obsNames, X?.shape[0]);
  const variables = frameFrom("var", input.var, input.varNames, X?.shape[1]);
  const uns: Dict = Object.assign(emptyDict(), input.uns);
  const maps = Object.fromEntries(MAP_NAMES.map((name) => [name, membersFrom(name, input[name])]));
  const raw = input.raw ? rawFrom(input.raw) : null;
  return { elements: memoryElements({ X, obs, var: variables, ...maps, uns, raw }), unsKeys: Object.keys(uns) };
}

function rawFrom(raw: RawInput) {
  const X = matrixFrom("raw/X", raw.X);
  const variables = frameFrom("raw/var", raw.var, raw.varNames, X?.shape[1]);
  return { X, var: variables, varm: membersFrom("raw/varm", raw.varm) };
}

function membersFrom(path: string, members: Readonly<Record<string, MemberInput>> = {}): Map<string, Value> {
  return new Map(
    Object.entries(members).map(([name, member]) => {
      if (name === "")
        throw new AtsError("INVALID_ARGUMENT", `A member of ${path} has no name; give it one.`, { path });
      return [name, memberFrom(`${path}/${name}`, member)];
    }),
  );
}
