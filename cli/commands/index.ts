import type { CommandDefinition } from "../definition.ts";

/** Every command, in the order of the help. Each is code of its own, so that a look-up loads no other. */
const COMMANDS: readonly { readonly name: string; readonly load: () => Promise<CommandDefinition> }[] = [
  { name: "crash", load: async () => (await import("./crash.ts")).crash },
  { name: "fix", load: async () => (await import("./fix.ts")).fix },
  { name: "symbol", load: async () => (await import("./symbol.ts")).symbol },
  { name: "message", load: async () => (await import("./message.ts")).message },
  { name: "grep", load: async () => (await import("./grep.ts")).grep },
  { name: "check", load: async () => (await import("./check.ts")).check },
  { name: "source", load: async () => (await import("./source.ts")).source },
  { name: "status", load: async () => (await import("./status.ts")).status },
  { name: "tui", load: async () => (await import("./tui.ts")).tui },
  { name: "doctor", load: async () => (await import("./doctor.ts")).doctor },
  { name: "mcp", load: async () => (await import("./mcp.ts")).mcp },
  { name: "completion", load: async () => (await import("./completion.ts")).completion },
];

/** The command that these words call; all of them when they call none, as help wants them. */
export function commandsFor(words: readonly string[]): Promise<CommandDefinition[]> {
  const called = COMMANDS.filter((command) => command.name === words[0]);
  return Promise.all((called.length > 0 ? called : COMMANDS).map((command) => command.load()));
}
