/** What a command of the command line is. */
import type { ParseArgsConfig } from "node:util";

/** The options that a command was given, by name, as `node:util` parses them. */
export type OptionValues = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** One command: its help and what it does. */
export interface Command {
  /** The line of `ats --help`. */
  readonly summary: string;
  /** The text of `ats COMMAND --help`. */
  readonly help: string;
  readonly options: NonNullable<ParseArgsConfig["options"]>;
  /** How many positional arguments it takes. */
  readonly positionals: number;
  /** Does the work; the result is the exit code. */
  run(positionals: readonly string[], values: OptionValues, signal: AbortSignal): Promise<number>;
}

/** Types the command. */
export function defineCommand(command: Command): Command {
  return command;
}

/** A string option's value. */
export function text(values: OptionValues, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

/** The values of a string option that may be given more than once; undefined where it is not given. */
export function texts(values: OptionValues, name: string): readonly string[] | undefined {
  const given = values[name];
  return Array.isArray(given) ? given.filter((value) => typeof value === "string") : undefined;
}

/** Whether a flag is set. */
export function flag(values: OptionValues, name: string): boolean {
  return values[name] === true;
}
