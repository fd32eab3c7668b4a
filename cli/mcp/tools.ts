import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import { ANSWERS, wholeSchema } from "../answers/index.ts";
import type { CommandDefinition } from "../definition.ts";

/**
 * A command that answers batches, as a tool: its arguments are the members of a batch's line, its answer is the
 * command's own JSON. All of them only read the index (MCP specification, "Tools").
 */
export function toolOf(command: CommandDefinition): Tool {
  const fields = command.batch?.fields ?? [];
  return {
    name: command.name,
    title: `kfix ${command.name}: ${command.summary}`,
    description: command.description.trim().replace(/\s+/g, " "),
    inputSchema: {
      type: "object",
      properties: Object.fromEntries(
        fields.map(({ name, help }) => [name, { type: "string", description: help }]),
      ),
      required: fields.filter((field) => field.required).map((field) => field.name),
      additionalProperties: false,
    },
    outputSchema: { type: "object", ...answerSchema(command.name) },
    annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
  };
}

/** Throws for a command whose answer has no row: a mistake of ours. */
function answerSchema(command: string): Record<string, unknown> {
  const row = ANSWERS.find((one) => one.from === `kfix ${command}`);
  if (!row) throw new Error(`the answer of ${command} has no schema`);
  return wholeSchema(row.shape);
}
