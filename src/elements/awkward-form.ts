/**
 * Forms of awkward arrays: trees of nodes, each of a class with named buffers (awkward-array's `Form` in JSON). A node's buffer is called
 * by its form key and what it is: `node0-offsets`.
 */
import { AtsError } from "../errors.js";

interface Node<C extends string> {
  readonly class: C;
  readonly form_key: string | null;
  readonly parameters?: { readonly [name: string]: unknown };
}

interface Wrapper<C extends string> extends Node<C> {
  readonly content: AwkwardForm;
}

/** A node of a form, as it stands in JSON. */
export type AwkwardForm =
  | (Node<"NumpyArray"> & { readonly primitive: string; readonly inner_shape?: readonly number[] })
  | Node<"EmptyArray">
  | (Wrapper<"RegularArray"> & { readonly size: number })
  | Wrapper<"ListArray">
  | Wrapper<"ListOffsetArray">
  | Wrapper<"IndexedArray">
  | Wrapper<"IndexedOptionArray">
  | (Wrapper<"ByteMaskedArray"> & { readonly valid_when: boolean })
  | (Wrapper<"BitMaskedArray"> & { readonly valid_when: boolean; readonly lsb_order: boolean })
  | Wrapper<"UnmaskedArray">
  | (Node<"RecordArray"> & { readonly fields: readonly string[] | null; readonly contents: readonly AwkwardForm[] })
  | (Node<"UnionArray"> & { readonly contents: readonly AwkwardForm[] });

/** The classes of nodes. */
export type AwkwardClass = AwkwardForm["class"];

/** A node of class `C`. */
export type FormOf<C extends AwkwardClass> = Extract<AwkwardForm, { readonly class: C }>;

/** The buffers that a node of each class has. */
export const BUFFERS: { readonly [C in AwkwardClass]: readonly string[] } = {
  NumpyArray: ["data"],
  EmptyArray: [],
  RegularArray: [],
  ListArray: ["starts", "stops"],
  ListOffsetArray: ["offsets"],
  IndexedArray: ["index"],
  IndexedOptionArray: ["index"],
  ByteMaskedArray: ["mask"],
  BitMaskedArray: ["mask"],
  UnmaskedArray: [],
  RecordArray: [],
  UnionArray: ["tags", "index"],
};

/** Forms that nest deeper are refused. */
const MAX_DEPTH = 64;

/** The name of a node's buffer. */
export function bufferKey(form: AwkwardForm, buffer: string): string {
  return `${form.form_key}-${buffer}`;
}

/** The nodes right below `form`. */
export function childrenOf(form: AwkwardForm): readonly AwkwardForm[] {
  if ("contents" in form) return form.contents;
  return "content" in form ? [form.content] : [];
}

/** The names of all buffers of `form`, from the top. */
export function bufferKeys(form: AwkwardForm): readonly string[] {
  const own = BUFFERS[form.class].map((buffer) => bufferKey(form, buffer));
  return [...own, ...childrenOf(form).flatMap(bufferKeys)];
}

/** Whether `form` is a list of characters that stands for a text, or of bytes for a byte string. */
export function isText(form: AwkwardForm, kind: "string" | "bytestring" = "string"): boolean {
  return form.parameters?.__array__ === kind;
}

/** Reads a form's JSON; `CORRUPT` naming `path` where it is no form, `LIMIT_EXCEEDED` where it nests too deep. */
export function parseForm(json: string, path: string): AwkwardForm {
  let form: unknown;
  try {
    form = JSON.parse(json);
  } catch (cause) {
    throw new AtsError("CORRUPT", `${path} has a form that is no JSON.`, { path, cause });
  }
  check(form, path, 0);
  const keys = bufferKeys(form as AwkwardForm);
  if (new Set(keys).size === keys.length) return form as AwkwardForm;
  throw new AtsError("CORRUPT", `${path} has a form with two nodes of one form key.`, { path });
}

function check(value: unknown, path: string, depth: number): void {
  if (depth > MAX_DEPTH) {
    throw new AtsError("LIMIT_EXCEEDED", `${path} has a form that nests deeper than ${MAX_DEPTH} levels.`, { path });
  }
  const form = value as Partial<Record<string, unknown>> | null;
  const bad = (what: string) => new AtsError("CORRUPT", `${path} has a form ${what}.`, { path });
  if (typeof form !== "object" || form === null || !Object.hasOwn(BUFFERS, String(form.class))) {
    throw bad("with a node of no known class");
  }
  const kind = form.class as AwkwardClass;
  if (BUFFERS[kind].length > 0 && typeof form.form_key !== "string") throw bad("with a node without a form key");
  if (!CHECKS[kind]?.(form)) throw bad(`with a ${kind} that lacks what belongs to it`);
  for (const child of childrenOf(value as AwkwardForm)) check(child, path, depth + 1);
}

type Check = (form: Partial<Record<string, unknown>>) => boolean;
const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) >= 0;
const wraps: Check = (form) => "content" in form;
const isFlag = (value: unknown) => typeof value === "boolean";

const CHECKS: { readonly [C in AwkwardClass]: Check } = {
  NumpyArray: ({ primitive, inner_shape: inner = [] }) =>
    typeof primitive === "string" && Array.isArray(inner) && inner.every(isCount),
  EmptyArray: () => true,
  RegularArray: (form) => wraps(form) && isCount(form.size),
  ListArray: wraps,
  ListOffsetArray: wraps,
  IndexedArray: wraps,
  IndexedOptionArray: wraps,
  ByteMaskedArray: (form) => wraps(form) && isFlag(form.valid_when),
  BitMaskedArray: (form) => wraps(form) && isFlag(form.valid_when) && isFlag(form.lsb_order),
  UnmaskedArray: wraps,
  RecordArray: ({ fields = null, contents }) =>
    Array.isArray(contents) && (fields === null || isNames(fields, contents.length)),
  UnionArray: ({ contents }) => Array.isArray(contents) && contents.length > 0,
};

function isNames(fields: unknown, count: number): boolean {
  return Array.isArray(fields) && fields.length === count && fields.every((name) => typeof name === "string");
}

/** The type of one entry, as awkward-array prints types: `var * ?int64`. */
export function typeText(form: AwkwardForm): string {
  if (isText(form)) return "string";
  if (isText(form, "bytestring")) return "bytes";
  switch (form.class) {
    case "NumpyArray":
      return [...(form.inner_shape ?? []), form.primitive].join(" * ");
    case "EmptyArray":
      return "unknown";
    case "RegularArray":
      return `${form.size} * ${typeText(form.content)}`;
    case "ListArray":
    case "ListOffsetArray":
      return `var * ${typeText(form.content)}`;
    case "IndexedArray":
      return typeText(form.content);
    case "RecordArray": {
      const types = form.contents.map(typeText);
      return form.fields
        ? `{${form.fields.map((name, i) => `${name}: ${types[i]}`).join(", ")}}`
        : `(${types.join(", ")})`;
    }
    case "UnionArray":
      return `union[${form.contents.map(typeText).join(", ")}]`;
    default:
      return `?${typeText(form.content)}`;
  }
}
