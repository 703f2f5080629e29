/** The options that select observations and variables, shared by `convert` and `get`. */
import type { AnnData } from "../anndata/anndata.js";
import { parseExpression } from "../selection/expression.js";
import { type OptionValues, text } from "./command.js";
import { parseNames, parseSlice } from "./parse.js";

/** Options for `parseArgs`. */
export const SELECTION_OPTIONS = {
  obs: { type: "string" },
  var: { type: "string" },
  "obs-names": { type: "string" },
  "var-names": { type: "string" },
  "obs-slice": { type: "string" },
  "var-slice": { type: "string" },
} as const;

/** Their lines of help. */
export const SELECTION_HELP = `  --obs EXPR          observations by an expression, such as "cell_type == 'B cell' and n_genes > 200"
  --var EXPR          variables by an expression
  --obs-names LIST    observations by name: a comma list, or @file with one name a line
  --var-names LIST    variables by name
  --obs-slice A:B:S   observations by position
  --var-slice A:B:S   variables by position
                      several for one axis apply in turn: positions, then names, then the expression`;

/** The view that the options ask for, looked up; each selects within what the ones before it left. */
export async function selectAxes(adata: AnnData, values: OptionValues, signal: AbortSignal): Promise<AnnData> {
  let view = adata;
  for (const axis of ["obs", "var"] as const) {
    const slice = text(values, `${axis}-slice`);
    const names = text(values, `${axis}-names`);
    const expression = text(values, axis);
    if (slice !== undefined) view = view.select({ [axis]: parseSlice(`${axis}-slice`, slice) });
    if (names !== undefined) view = view.select({ [axis]: await parseNames(`${axis}-names`, names) });
    if (expression !== undefined) view = view.select({ [axis]: parseExpression(expression) });
  }
  return view.resolve({ signal });
}
