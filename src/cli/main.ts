#!/usr/bin/env node
/** The command `ats`. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted. */
import { parseArgs } from "node:util";
import { AtsError } from "../errors.js";
import type { Command, OptionValues } from "./command.js";
import { benchCommand } from "./commands/bench.js";
import { convertCommand } from "./commands/convert.js";
import { diffCommand } from "./commands/diff.js";
import { getCommand } from "./commands/get.js";
import { headCommand } from "./commands/head.js";
import { infoCommand } from "./commands/info.js";
import { validateCommand } from "./commands/validate.js";
import { endQuietlyOnClosedPipe, ReaderGone } from "./output.js";
import { UsageError } from "./usage.js";

const COMMANDS: Readonly<Record<string, Command>> = {
  bench: benchCommand,
  convert: convertCommand,
  diff: diffCommand,
  get: getCommand,
  head: headCommand,
  info: infoCommand,
  validate: validateCommand,
};

const HELP = `Usage: ats COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, command]) => `  ${name.padEnd(10)}${command.summary}`)
  .join("\n")}

  ats COMMAND --help   options of a command
  ats --version        the build: TensorStore, codecs, platform
`;

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const [name, ...rest] = args;
  if (name === "--version" || name === "-V") {
    const { versionText } = await import("./version.js");
    process.stdout.write(versionText());
    return 0;
  }
  if (name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(HELP);
    return 0;
  }
  if (name === undefined) throw new UsageError("A command is missing.");
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) throw new UsageError(`There is no command "${name}".`);
  if (rest.includes("--help") || rest.includes("-h")) {
    process.stdout.write(`${command.help}\n`);
    return 0;
  }
  const { positionals, values } = parse(name, command, rest);
  return command.run(positionals, values, signal);
}

function parse(name: string, command: Command, args: string[]): { positionals: string[]; values: OptionValues } {
  try {
    const { positionals, values } = parseArgs({ args, options: command.options, allowPositionals: true, strict: true });
    if (positionals.length !== command.positionals) {
      throw new UsageError(`ats ${name} takes ${command.positionals} argument(s), not ${positionals.length}.`);
    }
    return { positionals, values: values as OptionValues };
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError((error as Error).message);
  }
}

/** The exit code of a failure, after its one line on stderr. */
function fail(error: unknown, interrupted: boolean): number {
  if (interrupted) return 130;
  if (error instanceof ReaderGone) return 0;
  if (error instanceof UsageError) {
    process.stderr.write(`error: ${error.message} See ats --help.\n`);
    return 2;
  }
  const failure = AtsError.is(error)
    ? error
    : new AtsError("INTERNAL", error instanceof Error ? error.message : String(error));
  const where = failure.path === undefined ? "" : ` ${failure.path}:`;
  const message = failure.message.replace(/\s*\n\s*/g, " ");
  const rest = where !== "" && message.startsWith(where.trim()) ? message.slice(where.trim().length).trim() : message;
  process.stderr.write(`error: ${failure.code}${where} ${rest}\n`);
  return 1;
}

const interrupt = new AbortController();
process.once("SIGINT", () => interrupt.abort(new Error("interrupted")));
process.once("SIGTERM", () => interrupt.abort(new Error("interrupted")));
endQuietlyOnClosedPipe();
main(process.argv.slice(2), interrupt.signal)
  .catch((error: unknown) => fail(error, interrupt.signal.aborted))
  .then((code) => {
    process.exitCode = code;
  });
