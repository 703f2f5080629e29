/** Predicates over the columns of an axis, as data: built by `where(…)` or by the expression parser, evaluated elsewhere. */
import { AtsError } from "../errors.js";

/** What a column's values are compared with. A Date is for timestamps. */
export type Literal = string | number | bigint | boolean | Date;

/** The comparisons. */
export type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

/** The tests of text. */
export type TextTest = "startsWith" | "endsWith" | "contains";

/** A predicate's tree. */
export type PredicateNode =
  | { readonly op: "compare"; readonly column: string; readonly comparison: Comparison; readonly value: Literal }
  | { readonly op: "in"; readonly column: string; readonly values: readonly (Literal | null)[] }
  | { readonly op: "isNull"; readonly column: string }
  | { readonly op: "text"; readonly column: string; readonly test: TextTest; readonly text: string }
  | { readonly op: "matches"; readonly column: string; readonly pattern: RegExp }
  | { readonly op: "truth"; readonly column: string }
  | { readonly op: "and" | "or"; readonly terms: readonly [PredicateNode, PredicateNode] }
  | { readonly op: "not"; readonly term: PredicateNode };

/** A condition on the rows of a table. Immutable; combine with `and`, `or`, `not`. */
export class Predicate {
  readonly kind = "predicate";
  readonly node: PredicateNode;

  constructor(node: PredicateNode) {
    this.node = node;
  }

  /** Both this and `other`. */
  and(other: Predicate): Predicate {
    return new Predicate({ op: "and", terms: [this.node, other.node] });
  }

  /** This or `other`. */
  or(other: Predicate): Predicate {
    return new Predicate({ op: "or", terms: [this.node, other.node] });
  }

  /** Not this. What is unknown (a comparison with a masked value) stays unknown and is not selected. */
  not(): Predicate {
    return new Predicate({ op: "not", term: this.node });
  }
}

/** A column to make conditions of. */
export class ColumnCondition {
  readonly column: string;

  constructor(column: string) {
    this.column = column;
  }

  /** Equal to `value`. */
  eq(value: Literal): Predicate {
    return this.#compare("eq", value);
  }

  /** Not equal to `value`; NaN and missing text or categories are unequal to everything, as in pandas. */
  ne(value: Literal): Predicate {
    return this.#compare("ne", value);
  }

  /** Less than `value`. */
  lt(value: Literal): Predicate {
    return this.#compare("lt", value);
  }

  /** Less than or equal to `value`. */
  le(value: Literal): Predicate {
    return this.#compare("le", value);
  }

  /** Greater than `value`. */
  gt(value: Literal): Predicate {
    return this.#compare("gt", value);
  }

  /** Greater than or equal to `value`. */
  ge(value: Literal): Predicate {
    return this.#compare("ge", value);
  }

  /** From `low` to `high`, both included. */
  between(low: Literal, high: Literal): Predicate {
    return this.ge(low).and(this.le(high));
  }

  /** One of `values`; null among them stands for missing values. */
  in(values: Iterable<Literal | null>): Predicate {
    return new Predicate({ op: "in", column: this.column, values: [...values] });
  }

  /** None of `values`. */
  notIn(values: Iterable<Literal | null>): Predicate {
    return this.in(values).not();
  }

  /** Missing: NaN, a masked value, a category code of -1, null. */
  isNull(): Predicate {
    return new Predicate({ op: "isNull", column: this.column });
  }

  /** Not missing. */
  notNull(): Predicate {
    return this.isNull().not();
  }

  /** True: for columns of booleans. */
  isTrue(): Predicate {
    return new Predicate({ op: "truth", column: this.column });
  }

  /** Text that starts with `text`. */
  startsWith(text: string): Predicate {
    return this.#text("startsWith", text);
  }

  /** Text that ends with `text`. */
  endsWith(text: string): Predicate {
    return this.#text("endsWith", text);
  }

  /** Text that contains `text`. */
  contains(text: string): Predicate {
    return this.#text("contains", text);
  }

  /** Text in which `pattern` occurs; anchor it with ^ and $ to match the whole. */
  matches(pattern: RegExp): Predicate {
    if (!(pattern instanceof RegExp)) {
      throw new AtsError("INVALID_ARGUMENT", `matches("${this.column}") needs a RegExp; pass one, such as /^MT-/.`);
    }
    // A copy without the flags that make a pattern remember where it stopped.
    return new Predicate({
      op: "matches",
      column: this.column,
      pattern: new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, "")),
    });
  }

  #compare(comparison: Comparison, value: Literal): Predicate {
    if (value === null || value === undefined) {
      throw new AtsError("INVALID_ARGUMENT", `"${this.column}" is compared with ${value}; use isNull() or notNull().`);
    }
    return new Predicate({ op: "compare", column: this.column, comparison, value });
  }

  #text(test: TextTest, text: string): Predicate {
    return new Predicate({ op: "text", column: this.column, test, text });
  }
}

/** Starts a condition on a column, or on the index by its name: `where("n_genes").gt(200)`. */
export function where(column: string): ColumnCondition {
  return new ColumnCondition(column);
}

/** The names of the columns that a predicate looks at, each once. */
export function columnsOf(node: PredicateNode): string[] {
  if ("terms" in node) return [...new Set(node.terms.flatMap(columnsOf))];
  if (node.op === "not") return columnsOf(node.term);
  return [node.column];
}
