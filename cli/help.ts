import type { CommandDefinition } from "./definition.ts";
import { EXIT_STATUSES } from "./exit-status.ts";
import { wrap } from "./output/terminal.ts";

/** As wide as the terminal, but no wider than a person reads with ease. */
export function helpWidth(columns: number | undefined): number {
  return Math.max(40, Math.min(columns ?? 80, 100));
}

/** The description's paragraphs, each on one line, for whoever breaks them to the width. */
export function helpDescription(definition: CommandDefinition): string {
  return definition.description
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) => paragraph.replace(/\s+/g, " "))
    .join("\n\n");
}

export function helpExamples({ examples }: CommandDefinition, width: number): string {
  if (examples.length === 0) return "";
  const lines = examples.map(
    ({ command, says }) => `  ${command}\n      ${wrap(says, width - 6).replaceAll("\n", "\n      ")}`,
  );
  return `\nExamples:\n${lines.join("\n")}\n`;
}

export function helpExitStatus(width: number): string {
  const lines = EXIT_STATUSES.map(
    ({ status, says }) =>
      `  ${String(status).padEnd(5)} ${wrap(says, width - 8).replaceAll("\n", "\n        ")}`,
  );
  return `Exit status:\n${lines.join("\n")}\n`;
}
