/** What a check found. */
import type { AtsErrorCode } from "../../errors.js";

/** One thing that is wrong. */
export interface Finding {
  /** The element, such as `layers/counts`, or the file; "" for the store. */
  readonly path: string;
  readonly code: AtsErrorCode;
  readonly what: string;
}
