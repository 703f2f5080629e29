/** The three ways in which a pickle is refused. The door (`readPickle`) adds the path. */
import { AtsError } from "../errors.js";

/** The pickle is cut short or contradicts itself. */
export function corrupt(what: string): AtsError {
  return new AtsError("CORRUPT", `the pickle is damaged: ${what}; restore the file or save it again.`);
}

/** The pickle asks for more than a bound allows. */
export function tooLarge(what: string): AtsError {
  return new AtsError("LIMIT_EXCEEDED", `the pickle asks for too much: ${what}; raise the limit only if you trust it.`);
}

/** The pickle holds something that has no counterpart here, or that only running code could make. */
export function unsupported(what: string): AtsError {
  return new AtsError(
    "UNSUPPORTED",
    `the pickle holds ${what}, which is not read because nothing in a pickle is ever run; save it again as plain arrays, tables, dicts or strings.`,
  );
}
