import type { CommandDefinition, Invocation } from "../definition.ts";
import { EXIT } from "../exit-status.ts";

export const mcp: CommandDefinition = {
  name: "mcp",
  summary: "answer agents: a server of the Model Context Protocol",
  description: `
Serves crash, fix, symbol, message and check as tools of the Model Context Protocol, over standard input and output:
an agent's program starts it. The tools only read, and answer with the same JSON as the commands.`,
  arguments: [],
  options: [],
  examples: [
    { command: "kfix mcp", says: "what the program of an agent is told to start (docs/mcp.md)" },
    { command: "kfix --cache-dir /srv/kfix mcp", says: "to answer from another index" },
  ],
  run,
};

async function run(input: Invocation): Promise<number> {
  const [{ serve }, { commandsFor }] = await Promise.all([import("../mcp/server.ts"), import("./index.ts")]);
  await serve(
    input,
    (await commandsFor([])).filter((command) => command.batch !== undefined),
  );
  return EXIT.found;
}
