/** AnnData as text, as Python prints it. */

/** What is printed of an AnnData. */
export interface Printable {
  readonly isView: boolean;
  /** Undefined where a view's selection is not resolved yet. */
  readonly shape: readonly [number | undefined, number | undefined];
  /** Names by the attribute that holds them, in the order of printing. */
  readonly keys: Readonly<Record<string, readonly string[]>>;
}

/** `AnnData object with n_obs × n_vars = 700 × 765`, then a line for each attribute that has members. */
export function describeAnnData({ isView, shape, keys }: Printable): string {
  const [nObs, nVars] = shape.map((extent) => extent ?? "?");
  const title = `${isView ? "View of " : ""}AnnData object with n_obs × n_vars = ${nObs} × ${nVars}`;
  const lines = Object.entries(keys)
    .filter(([, names]) => names.length > 0)
    .map(([attribute, names]) => `    ${attribute}: ${names.map(quote).join(", ")}`);
  return [title, ...lines].join("\n");
}

/** Quotes as Python's `repr` does: single quotes unless there is one within and no double quote. */
function quote(name: string): string {
  const mark = name.includes("'") && !name.includes('"') ? '"' : "'";
  const escaped = name.replace(/\\/g, "\\\\").replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return `${mark}${escaped.replaceAll(mark, `\\${mark}`)}${mark}`;
}
