import { Command, CommanderError } from "commander";
import { KfixError } from "../kernel/error.ts";
import { commandsFor } from "./commands/index.ts";
import type { CommandDefinition, Invocation, OptionDefinition, Outside } from "./definition.ts";
import { EXIT, EXIT_OF_ERROR } from "./exit-status.ts";
import { helpDescription, helpExamples, helpExitStatus, helpWidth } from "./help.ts";
import { isBrokenPipe } from "./output/broken-pipe.ts";
import { complain } from "./output/complain.ts";
import { sanitizeLines } from "./output/terminal.ts";
import { sayTotal } from "./output/verbose.ts";
import { COMMON_OPTIONS, program } from "./program.ts";
import { readSettings } from "./settings.ts";
import { explainSystemError } from "./system-error.ts";
import { VERSION } from "./version.ts";

/** Runs the command line `words` (without `node kfix`) and gives the exit status. Never throws. */
export async function main(typed: readonly string[], outside: Outside): Promise<number> {
  const words = typed.length === 0 && isTerminal(outside) ? ["tui"] : typed;
  let status: number = EXIT.found;
  const root = program(await commandsFor(words));
  const width = helpWidth(outside.stdout.columns);
  const command = new Command(root.name)
    .version(VERSION, "-V, --version", "print kfix's version")
    .configureOutput({
      writeOut: (text) => outside.stdout.write(sanitizeLines(text)),
      writeErr: (text) => outside.stderr.write(sanitizeLines(text)),
      outputError: (text, write) =>
        write(LINE_OF_DASHES.test(text) ? `${text}(a line that begins with - goes behind --)\n` : text),
      getOutHelpWidth: () => width,
      getErrHelpWidth: () => width,
    })
    .configureHelp({ showGlobalOptions: true, minWidthToWrap: 20 })
    .showHelpAfterError("(kfix --help tells more)")
    .exitOverride();
  describe(command, root, width);
  for (const option of COMMON_OPTIONS) addOption(command, option);
  for (const definition of root.subcommands ?? []) {
    attach(command, definition, { width, outside, ended: (found) => (status = found) });
  }
  command.addHelpText("after", () => helpExitStatus(width));
  try {
    if (words.length === 0) {
      command.outputHelp();
      outside.stderr.write(
        "kfix: this is no terminal, so the terminal interface is not opened: name a command\n",
      );
      return EXIT.badInput;
    }
    await command.parseAsync([...words], { from: "user" });
    return status;
  } catch (error) {
    return report(explainSystemError(error), outside);
  }
}

/** Commander's error about an option that is none, but a line of a log: `------------[ cut here ]------------`. */
const LINE_OF_DASHES = /unknown option '-[^']*[ [\]]/;

/** On a terminal, kfix alone opens the terminal interface. */
function isTerminal({ stdin, stdout, env }: Outside): boolean {
  return stdin.isTTY === true && stdout.isTTY === true && env.TERM !== "dumb";
}

interface Run {
  readonly width: number;
  readonly outside: Outside;
  readonly ended: (status: number) => void;
}

function attach(parent: Command, definition: CommandDefinition, run: Run): void {
  const command = parent
    .command(definition.name)
    .summary(definition.summary)
    .showHelpAfterError(`(kfix ${definition.name} --help tells more)`);
  for (const argument of definition.arguments) command.argument(argument.name, argument.help);
  for (const option of definition.options) addOption(command, option);
  for (const sub of definition.subcommands ?? []) attach(command, sub, run);
  describe(command, definition, run.width);
  const { run: work } = definition;
  if (!work) return;
  command.action(async (...args: unknown[]) => {
    const words = args
      .slice(0, definition.arguments.length)
      .flatMap((word) => (Array.isArray(word) ? word : [word]))
      .filter((word): word is string => typeof word === "string");
    const input = invocation(definition, words, command.optsWithGlobals(), run.outside);
    run.ended(await work(input));
    sayTotal(input.io);
  });
}

function describe(command: Command, definition: CommandDefinition, width: number): void {
  command.description(helpDescription(definition)).helpOption("-h, --help", HELP);
  command.addHelpText("after", () => helpExamples(definition, width));
}

const HELP = COMMON_OPTIONS.find(({ flags }) => flags.endsWith("--help"))?.help ?? "";

/** Help is commander's own option. */
function addOption(command: Command, { flags, help }: OptionDefinition): void {
  if (!flags.endsWith("--help")) command.option(flags, help);
}

/** What was typed, completed by what the environment and the configuration file say. */
function invocation(
  definition: CommandDefinition,
  words: readonly string[],
  typed: Record<string, string | boolean | undefined>,
  outside: Outside,
): Invocation {
  const settings = readSettings(typed, outside.env);
  const options = { ...typed };
  for (const { setting } of definition.options) {
    if (setting !== undefined) options[setting] ??= settings[setting];
  }
  const { stdout, stderr, env } = outside;
  // Asking a process for its standard input opens it: that is left to who reads it.
  return {
    words,
    options,
    io: {
      settings,
      stdout,
      stderr,
      env,
      get stdin() {
        return outside.stdin;
      },
    },
  };
}

/** The one place where errors are printed. */
function report(error: unknown, io: Outside): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.found : EXIT.badInput;
  if (isBrokenPipe(error)) return EXIT.found;
  if (error instanceof KfixError) {
    complain(io, error);
    return EXIT_OF_ERROR[error.code];
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(
    `kfix: this is a bug in kfix; please report it with what follows\n${sanitizeLines(text)}\n`,
  );
  return EXIT.badInput;
}
