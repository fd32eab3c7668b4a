import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from "@modelcontextprotocol/sdk/types.js";
import { KfixError } from "../../kernel/error.ts";
import { batchRecord } from "../batch.ts";
import type { CommandDefinition, Invocation } from "../definition.ts";
import { jsonText } from "../output/json-text.ts";
import { sanitize } from "../output/terminal.ts";
import { explainSystemError } from "../system-error.ts";
import { VERSION } from "../version.ts";
import { EscapingTransport } from "./escaping-transport.ts";
import { OpenAnswers } from "./open-answers.ts";
import { toolOf } from "./tools.ts";

/**
 * Serves the commands as tools over standard input and output, until the client closes them. Throws `bad-input` where a
 * message has no end.
 */
export async function serve(input: Invocation, commands: readonly CommandDefinition[]): Promise<void> {
  const answers = new OpenAnswers(input);
  const tools = commands.map(toolOf);
  const server = new Server(
    { name: "kfix", version: VERSION },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
    const command = commands.find(({ name }) => name === params.name);
    if (!command) throw new McpError(ErrorCode.InvalidParams, `kfix has no tool ${sanitize(params.name)}`);
    return call(command, answers, params.arguments ?? {});
  });
  const closed = new Promise<void>((resolve) => {
    server.onclose = resolve;
  });
  server.onerror = ({ message }) => void input.io.stderr.write(`kfix: ${sanitize(message)}\n`);
  let left = false;
  process.stdin.once("end", () => {
    left = true;
    void server.close();
  });
  await server.connect(new EscapingTransport(input.io.stdout));
  await closed;
  if (!left) throw tooLong();
}

/** The transport ends by itself for no other reason. */
function tooLong(): KfixError {
  return new KfixError("bad-input", "a message was too long and not read; the server ends", {
    hint: "a message may have 10 MiB; give a log of that size as a file: kfix crash FILE",
  });
}

const INSTRUCTIONS =
  `Which Linux kernel fixes this? Give \`crash\` a kernel log with an oops, and the kernel that runs
if the log does not say; \`check\` says whether a kernel has a fix. Answers come from a local index and name their
evidence; what is unknown is null or "unknown", and is to be passed on as such.`.replaceAll("\n", " ");

/** What a person can mend is the tool's own error, with what to do about it; anything else is a bug and thrown. */
async function call(
  command: CommandDefinition,
  answers: OpenAnswers,
  args: Readonly<Record<string, unknown>>,
): Promise<CallToolResult> {
  try {
    const record = batchRecord(known(command, args), argumentsOf(command));
    const answer = await answers.of(command)?.(record);
    if (!answer) throw new Error(`${command.name} answers no batch`);
    return { content: [{ type: "text", text: jsonText(answer) }], structuredContent: { ...answer } };
  } catch (thrown) {
    const error = explainSystemError(thrown);
    if (!(error instanceof KfixError)) throw error;
    const lines = [`${error.code}: ${error.message}`, ...(error.hint === undefined ? [] : [error.hint])];
    return { isError: true, content: [{ type: "text", text: lines.map(sanitize).join("\n") }] };
  }
}

/** The arguments; throws `bad-input` for one that the tool does not have. */
function known(
  command: CommandDefinition,
  args: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, unknown> {
  const names = command.batch?.fields.map((field) => field.name) ?? [];
  const strange = Object.keys(args).find((name) => !names.includes(name));
  if (strange === undefined) return new Map(Object.entries(args));
  throw new KfixError("bad-input", `"${strange}" is no argument of ${command.name}`, {
    hint: argumentsOf(command),
  });
}

function argumentsOf({ name, batch }: CommandDefinition): string {
  const told =
    batch?.fields.map((field) => `${field.name}${field.required ? "" : " (may be left out)"}`) ?? [];
  return `the arguments of ${name}, each a text: ${told.join(", ")}`;
}
