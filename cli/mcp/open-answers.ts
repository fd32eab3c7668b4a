import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BatchAnswer, CommandDefinition, Invocation } from "../definition.ts";
import { foldersOf } from "../open-library.ts";

/**
 * What answers each command's questions, opened when it is first asked and kept open; anew when the index was changed
 * since, as a server outlives many updates.
 */
export class OpenAnswers {
  readonly #input: Invocation;
  readonly #open = new Map<string, { readonly state: string; readonly answer: BatchAnswer }>();

  constructor(input: Invocation) {
    this.#input = input;
  }

  /** Throws `not-indexed` where the command has nothing to answer from. */
  of(command: CommandDefinition): BatchAnswer | undefined {
    const state = stateOf(foldersOf(this.#input).index);
    const known = this.#open.get(command.name);
    if (known?.state === state) return known.answer;
    const answer = command.batch?.open({
      ...this.#input,
      words: [],
      options: optionsOf(command, this.#input),
    });
    if (answer) this.#open.set(command.name, { state, answer });
    return answer;
  }
}

/** A command's options as the settings say them; there is no command line. */
function optionsOf(command: CommandDefinition, { io }: Invocation): Invocation["options"] {
  return Object.fromEntries(
    command.options.flatMap(({ setting }) =>
      setting === undefined ? [] : [[setting, io.settings[setting]]],
    ),
  );
}

/** Changes whenever an index is put in place: writers rename finished ones there. */
function stateOf(folder: string): string {
  if (!existsSync(folder)) return "";
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(?:db|json)$/.test(name) && !name.endsWith(".next.db"))
    .flatMap((name) => {
      const file = statSync(join(folder, name), { throwIfNoEntry: false });
      return file ? `${name} ${file.ino} ${file.mtimeMs}` : [];
    })
    .sort()
    .join("\n");
}
