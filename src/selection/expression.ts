/**
 * Parses expressions as pandas' `query` has them into predicates:
 * `cell_type == 'B cell' and n_genes > 200`, `leiden in ['0', '1']`, `not (100 < n_counts <= 500)`, `` `percent mito` < 0.05 ``,
 * `gene.startswith('MT-')`, `doublet.isnull()`, `is_primary`.
 */
import { type Comparison, type Literal, type Predicate, type TextTest, where } from "./predicate.js";
import { syntaxError, type Token, tokenize } from "./tokens.js";

/** Parses `source`. `INVALID_ARGUMENT` with the position of what is not understood. */
export function parseExpression(source: string): Predicate {
  return new Parser(source).parse();
}

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  "==": "eq",
  "!=": "ne",
  "<": "lt",
  "<=": "le",
  ">": "gt",
  ">=": "ge",
};
/** The comparison that holds with its sides exchanged. */
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  eq: "eq",
  ne: "ne",
  lt: "gt",
  le: "ge",
  gt: "lt",
  ge: "le",
};
const TEXT_METHODS: Readonly<Record<string, TextTest>> = {
  startswith: "startsWith",
  endswith: "endsWith",
  contains: "contains",
};
const CONSTANTS = new Map<string, boolean>([
  ["True", true],
  ["true", true],
  ["False", false],
  ["false", false],
]);
const KEYWORDS = new Set(["and", "or", "not", "in", "None", "null", "nan"]);
/** Deeper nesting is refused, so that no input exhausts the stack. */
const MAX_DEPTH = 200;

type Operand =
  | { readonly kind: "column"; readonly name: string; readonly at: number }
  | { readonly kind: "literal"; readonly value: Literal; readonly at: number }
  | { readonly kind: "list"; readonly values: readonly (Literal | null)[]; readonly at: number };

class Parser {
  readonly #source: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(source: string) {
    this.#source = source;
    this.#tokens = tokenize(source);
  }

  parse(): Predicate {
    const predicate = this.#or();
    if (this.#peek().kind !== "end") throw this.#unexpected("and, or or the end");
    return predicate;
  }

  #or(): Predicate {
    let left = this.#and();
    while (this.#accept("or", "||", "|")) left = left.or(this.#and());
    return left;
  }

  #and(): Predicate {
    let left = this.#not();
    while (this.#accept("and", "&&", "&")) left = left.and(this.#not());
    return left;
  }

  #not(): Predicate {
    if (++this.#depth > MAX_DEPTH) throw syntaxError(this.#source, this.#peek().at, "it is nested too deeply");
    try {
      if (this.#accept("not", "~", "!")) return this.#not().not();
      if (!this.#accept("(")) return this.#comparisons();
      const inner = this.#or();
      this.#expect(")");
      return inner;
    } finally {
      this.#depth--;
    }
  }

  /** One condition, or a chain of comparisons as in `200 < n_genes <= 500`. */
  #comparisons(): Predicate {
    let left = this.#operand();
    let all: Predicate | null = left.kind === "column" ? this.#method(left.name) : null;
    if (all !== null) return all;
    for (;;) {
      const at = this.#peek().at;
      const comparison = this.#comparison();
      if (comparison === undefined) break;
      const right = this.#operand();
      const term = this.#condition(left, comparison, right, at);
      all = all === null ? term : all.and(term);
      left = right;
    }
    if (all !== null) return all;
    if (left.kind === "column") return where(left.name).isTrue();
    throw this.#unexpected("a comparison");
  }

  #comparison(): Comparison | "in" | "notIn" | undefined {
    const token = this.#peek();
    if (this.#accept("in")) return "in";
    const after = this.#tokens[this.#next + 1];
    if (this.#is(token, "not") && after !== undefined && this.#is(after, "in")) {
      this.#next += 2;
      return "notIn";
    }
    const comparison = token.kind === "symbol" ? COMPARISONS[token.text] : undefined;
    if (comparison !== undefined) this.#next++;
    return comparison;
  }

  #condition(left: Operand, comparison: Comparison | "in" | "notIn", right: Operand, at: number): Predicate {
    if (left.kind === "column" && right.kind === "list") {
      if (comparison === "in" || comparison === "eq") return where(left.name).in(right.values);
      if (comparison === "notIn" || comparison === "ne") return where(left.name).notIn(right.values);
    } else if (comparison !== "in" && comparison !== "notIn") {
      if (left.kind === "column" && right.kind === "literal") return where(left.name)[comparison](right.value);
      if (left.kind === "literal" && right.kind === "column")
        return where(right.name)[MIRRORED[comparison]](left.value);
    }
    const list = comparison === "in" || comparison === "notIn";
    throw syntaxError(this.#source, at, list ? "in needs a column and a [list]" : "compare a column with a value");
  }

  /** A method call after a column, if there is one: `.isnull()`, `.str.startswith('x')`. */
  #method(column: string): Predicate | null {
    if (!this.#accept(".")) return null;
    if (this.#accept("str")) this.#expect(".");
    const token = this.#take();
    this.#expect("(");
    const test = Object.hasOwn(TEXT_METHODS, token.text) ? TEXT_METHODS[token.text] : undefined;
    const predicate = test === undefined ? this.#nullTest(column, token) : where(column)[test](this.#text());
    this.#expect(")");
    return predicate;
  }

  #nullTest(column: string, method: Token): Predicate {
    if (method.text === "isnull" || method.text === "isna") return where(column).isNull();
    if (method.text === "notnull" || method.text === "notna") return where(column).notNull();
    throw syntaxError(
      this.#source,
      method.at,
      `${JSON.stringify(method.text)} is not a method; use isnull, notnull, startswith, endswith or contains`,
    );
  }

  #text(): string {
    const token = this.#take();
    if (token.kind === "literal" && typeof token.value === "string") return token.value;
    throw syntaxError(this.#source, token.at, "a quoted text is needed");
  }

  #operand(): Operand {
    const token = this.#peek();
    const { at } = token;
    if (this.#accept("[")) return { kind: "list", values: this.#list("]"), at };
    if (this.#accept("(")) return { kind: "list", values: this.#list(")"), at };
    if (token.kind === "name" || (token.kind === "word" && !KEYWORDS.has(token.text) && !CONSTANTS.has(token.text))) {
      this.#next++;
      return { kind: "column", name: token.text, at };
    }
    const value = this.#literal();
    if (value === null) throw syntaxError(this.#source, at, "compare with None by .isnull() or .notnull()");
    return { kind: "literal", value, at };
  }

  #list(close: string): (Literal | null)[] {
    const values: (Literal | null)[] = [];
    while (!this.#accept(close)) {
      values.push(this.#literal());
      if (!this.#accept(",") && !this.#is(this.#peek(), close)) throw this.#unexpected(`, or ${close}`);
    }
    return values;
  }

  /** A number, a quoted text, True, False; None (null) for a missing value. */
  #literal(): Literal | null {
    const negative = this.#accept("-");
    const token = this.#peek();
    if (token.kind === "literal" && !(negative && typeof token.value === "string")) {
      this.#next++;
      return negative ? -(token.value as number) : token.value;
    }
    const constant = token.kind === "word" && !negative ? CONSTANTS.get(token.text) : undefined;
    if (constant === undefined && (negative || !(this.#is(token, "None") || this.#is(token, "null")))) {
      throw this.#unexpected("a column, a number or a quoted text");
    }
    this.#next++;
    return constant ?? null;
  }

  #peek(): Token {
    return this.#tokens[this.#next] as Token;
  }

  #take(): Token {
    const token = this.#peek();
    if (token.kind !== "end") this.#next++;
    return token;
  }

  #is(token: Token, text: string): boolean {
    return (token.kind === "word" || token.kind === "symbol") && token.text === text;
  }

  #accept(...texts: readonly string[]): boolean {
    const found = texts.some((text) => this.#is(this.#peek(), text));
    if (found) this.#next++;
    return found;
  }

  #expect(text: string): void {
    if (!this.#accept(text)) throw this.#unexpected(text);
  }

  #unexpected(wanted: string): Error {
    const token = this.#peek();
    const found = token.kind === "end" ? "the expression ends" : `found ${JSON.stringify(token.text)}`;
    return syntaxError(this.#source, token.at, `${found} where ${wanted} is needed`);
  }
}
