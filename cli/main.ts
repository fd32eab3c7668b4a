import { Command, CommanderError } from "commander";
import { KfixError } from "../kernel/error.ts";
import { commandsFor } from "./commands/index.ts";
import type { CommandDefinition, Io } from "./definition.ts";
import { EXIT, EXIT_OF_ERROR } from "./exit-status.ts";
import { isBrokenPipe } from "./output/broken-pipe.ts";
import { complain } from "./output/complain.ts";
import { sanitizeLines } from "./output/terminal.ts";
import { explainSystemError } from "./system-error.ts";
import { VERSION } from "./version.ts";

/** Runs the command line `words` (without `node kfix`) and gives the exit status. Never throws. */
export async function main(typed: readonly string[], io: Io): Promise<number> {
  const words = typed.length === 0 && isTerminal(io) ? ["tui"] : typed;
  let status: number = EXIT.found;
  const program = new Command("kfix")
    .description(
      "Which kernel fixes this? From a crash, a commit or a function to the fix and the first release with it.",
    )
    .version(VERSION, "-V, --version", "print kfix's version")
    .configureOutput({
      writeOut: (text) => io.stdout.write(sanitizeLines(text)),
      writeErr: (text) => io.stderr.write(sanitizeLines(text)),
    })
    .showHelpAfterError("(kfix --help tells more)")
    .exitOverride();
  for (const definition of await commandsFor(words)) {
    attach(program, definition, async (run) => {
      status = await run(io);
    });
  }
  program.addHelpText("after", EXIT_STATUS_HELP);
  try {
    if (words.length === 0) {
      program.outputHelp();
      io.stderr.write("kfix: this is no terminal, so the terminal interface is not opened: name a command\n");
      return EXIT.badInput;
    }
    await program.parseAsync([...words], { from: "user" });
    return status;
  } catch (error) {
    return report(explainSystemError(error), io);
  }
}

/** On a terminal, kfix alone opens the terminal interface. */
function isTerminal(io: Io): boolean {
  return io.stdin.isTTY === true && io.stdout.isTTY === true && io.env.TERM !== "dumb";
}

type Runner = (run: (io: Io) => Promise<number>) => Promise<void>;

function attach(parent: Command, definition: CommandDefinition, runner: Runner): void {
  const command = parent
    .command(definition.name)
    .summary(definition.summary)
    .description(definition.description)
    .showHelpAfterError(`(kfix ${definition.name} --help tells more)`);
  for (const argument of definition.arguments) command.argument(argument.name, argument.help);
  for (const option of definition.options) command.option(option.flags, option.help);
  for (const sub of definition.subcommands ?? []) attach(command, sub, runner);
  if (definition.examples.length > 0) {
    const lines = definition.examples.map((example) => `  ${example.command}\n      ${example.says}`);
    command.addHelpText("after", `\nExamples:\n${lines.join("\n")}\n`);
  }
  const { run } = definition;
  if (!run) return;
  command.action(async (...args: unknown[]) => {
    const words = args
      .slice(0, definition.arguments.length)
      .flatMap((word) => (Array.isArray(word) ? word : [word]));
    const typed = words.filter((word): word is string => typeof word === "string");
    await runner((io) => run({ words: typed, options: command.opts(), io }));
  });
}

/** The one place where errors are printed. */
function report(error: unknown, io: Io): number {
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

const EXIT_STATUS_HELP = `
Exit status: 0 an answer was found, 1 none was found, 2 usage or bad input, 3 the data needed is not
indexed, 130 interrupted; for check: 0 fixed or not affected, 1 missing, 4 unknown.
`;
