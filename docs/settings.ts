/** The page docs/settings.md, made from the table of settings. */
import { ENVIRONMENT, FILES, SETTINGS } from "../cli/settings-table.ts";

export function settingsPage(): string {
  return `# Settings

<!-- made by \`npm run docs\` from cli/settings-table.ts; change that -->

What is said nearest wins: **the command line, then the environment, then the configuration file, then what kfix does
unless told.** A variable that is empty says nothing (but for \`KFIX_PAGER\` and \`PAGER\`, where it says: no pager).

The configuration file is \`~/.config/kfix/config.json\` (\`$XDG_CONFIG_HOME/kfix/config.json\`; \`KFIX_CONFIG\` names
another, or none). It is one JSON object of texts:

\`\`\`json
{
  "cacheDir": "/srv/kfix",
  "arch": "x86_64",
  "color": "auto",
  "pager": "less -FRX"
}
\`\`\`

An unknown key, or a value that a setting cannot have, ends kfix with status 2 and is named with its line.

| Key | Option | Variables | Says | Unless told |
|---|---|---|---|---|
${SETTINGS.map(
  ({ key, option, env, help, otherwise }) =>
    `| \`${key}\` | ${codes(option?.split(", ") ?? [])} | ${codes(env)} | ${help} | ${otherwise} |`,
).join("\n")}

- \`kernel\`: a log that names its kernel goes before this setting, and \`--kernel\` before the log.
- \`tree\` is for looking things up. What \`check\` and \`fix\` compare with is only ever said by their own \`--tree\`.
- \`color\`: \`KFIX_COLOR\` goes before \`NO_COLOR\`, that before \`FORCE_COLOR\`.
- The pager is used for people, on a terminal that the answer does not fit; \`less\` gets \`-FRX\` unless \`LESS\` says else.

## Variables

| Variable | Says |
|---|---|
${ENVIRONMENT.map(({ name, help }) => `| \`${name}\` | ${help} |`).join("\n")}

## Files

| File | Holds |
|---|---|
${FILES.map(({ name, help }) => `| \`${name}\` | ${help} |`).join("\n")}
`;
}

function codes(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}
