/**
 * Compatibility levels: which encodings a reader may be asked to know, and the older form of those that it may not.
 *
 * anndata reads awkward arrays since 0.9, nullable strings since 0.11 and null since 0.12; `na-value`, of 0.13, is an attribute that others do not
 * look at. All else of today's encodings is of 0.8. Readers in R and JavaScript know null, but not nullable strings, which pandas 3 makes of
 * every string column (anndata issue 2221, anndataR issues 463 and 514).
 */
import type { LazyElement } from "../elements/lazy.js";
import { AtsError } from "../errors.js";
import type { WriteContext } from "./define.js";
import { withoutMask } from "./plain-strings.js";

/** The encodings that are younger than 0.8, and the form that takes their place: undefined where the element is left out. */
const OLDER_FORMS: Readonly<Record<string, Form>> = {
  "awkward-array": async ({ info }) => {
    throw new AtsError(
      "UNSUPPORTED",
      `${info.path} is an awkward array, which anndata reads since 0.9; write with compat "anndata-0.9" or later.`,
      { path: info.path },
    );
  },
  "nullable-string-array": withoutMask,
  "nullable-string": withoutMask,
  null: async ({ info }, context) => {
    context.warn(`${info.path} is null, which anndata reads since 0.12, and is left out.`);
    return undefined;
  },
};

const YOUNG = {
  none: [],
  awkward: ["awkward-array"],
  nullable: ["awkward-array", "nullable-string-array", "nullable-string"],
  all: Object.keys(OLDER_FORMS),
  portable: ["awkward-array", "null"],
} as const;

/** The young encodings that each level may use. */
const LEVELS = {
  /** What today's readers in Python, R, Julia and JavaScript open. */
  portable: YOUNG.portable,
  "anndata-0.8": YOUNG.none,
  "anndata-0.9": YOUNG.awkward,
  "anndata-0.10": YOUNG.awkward,
  "anndata-0.11": YOUNG.nullable,
  "anndata-0.12": YOUNG.all,
  "anndata-0.13": YOUNG.all,
  latest: YOUNG.all,
} as const satisfies Record<string, readonly string[]>;

/** Before 0.12, anndata read version 2 of Zarr only. */
const ZARR_2 = /^anndata-0\.(8|9|10|11)$/;

/** The newest version of Zarr that the readers of `level` open. */
export function zarrFormatOf(level: string = DEFAULT_COMPAT): 2 | 3 {
  return ZARR_2.test(level) ? 2 : 3;
}

/** The name of a compatibility level. */
export type CompatLevel = keyof typeof LEVELS;

/** The names of all levels. */
export const COMPAT_LEVELS = Object.keys(LEVELS) as readonly CompatLevel[];

/** The level that is written where none is asked for. */
export const DEFAULT_COMPAT: CompatLevel = "portable";

/** Gives an element its older form; undefined where it has none and is left out. */
export type Form = (element: LazyElement, context: WriteContext) => Promise<LazyElement | undefined>;

/** The encodings that a level does not use, and what takes their place. */
export type Forms = ReadonlyMap<string, Form>;

/** The older forms that `level` asks for; `INVALID_ARGUMENT` where there is no such level. */
export function formsOf(level: string = DEFAULT_COMPAT): Forms {
  if (!Object.hasOwn(LEVELS, level)) {
    throw new AtsError(
      "INVALID_ARGUMENT",
      `There is no compatibility level "${level}"; use ${COMPAT_LEVELS.join(", ")}.`,
    );
  }
  const known: readonly string[] = LEVELS[level as CompatLevel];
  return new Map(Object.entries(OLDER_FORMS).filter(([type]) => !known.includes(type)));
}
