/** Text in columns. */

/** `lines` of fields, each column as wide as its widest field; those of `right` stand at its right end. */
export function columns(lines: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] as string).length)));
  const pad = (field: string, column: number) =>
    right.has(column) ? field.padStart(widths[column] as number) : field.padEnd(widths[column] as number);
  return lines.map((line) => line.map(pad).join("  ").trimEnd()).join("\n");
}
