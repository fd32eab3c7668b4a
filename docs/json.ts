/** The page docs/json.md and the schemas of docs/schema, made from the shapes of cli/answers. */
import { ANSWERS, type AnswerRow, schemaDocument, schemaFile } from "../cli/answers/index.ts";
import type { JsonSchema } from "../cli/answers/shape.ts";
import { commandsFor } from "../cli/commands/index.ts";
import type { CommandDefinition } from "../cli/definition.ts";
import { wrap } from "../cli/output/terminal.ts";

/** File names below docs/ and what is in them. */
export async function jsonPages(): Promise<ReadonlyMap<string, string>> {
  const schemas = ANSWERS.map((row): [string, string] => [
    `schema/${schemaFile(row)}`,
    `${JSON.stringify(schemaDocument(row), null, 2)}\n`,
  ]);
  return new Map([["json.md", page(await commandsFor([]))], ...schemas]);
}

function page(commands: readonly CommandDefinition[]): string {
  return `# Answers as JSON

<!-- made by \`npm run docs\` from the shapes in cli/answers; change those -->

\`--json\` prints one object on one line. Unknown is \`null\`, never a guess. Hexadecimal numbers are strings, times ISO
8601, shas whole. With several logs, \`kfix crash\` prints one object a line, each with its \`"input"\`. What goes wrong
is said on standard error, and the exit status tells it; an answer without any find is still an answer.

\`--batch\` reads JSON lines and answers each on one line, in order, with the same \`id\`. A line that cannot be answered
gives \`{"id","error":{"code","message","hint"}}\`, and the rest go on.

| Answer | From | A line of \`--batch\` |
|---|---|---|
${ANSWERS.map((row) => answerRow(row, commands)).join("\n")}

## Versions

Each answer names its schema, \`kfix.crash/1\`, and \`docs/schema\` (in the package, too) has the JSON Schema of each,
draft 2020-12, a document that needs no other. The tests run every command and hold its answers against them.

The number follows semantic versioning: what a reader may rely on is the set of members, their types and their meaning.

- A new member, or a new word where a member takes one of some words: the number stays, the schema file is made anew and
  CHANGELOG.md says so. **Readers pass over what they do not know.**
- A member that goes, another type, another meaning, \`null\` where there was none: the number rises, \`crash-2.json\` stands
  beside \`crash-1.json\`, and the old one stays for as long as kfix can give it.

The schemas allow no members but those they name, so that they say exactly what *this* kfix answers: validate with the
files of the kfix that you run, or drop \`additionalProperties\`.

## Shapes

\`?\` marks a member that some answers have and others have not; the schemas say what each member means.

\`\`\`
${[...definitions(), ...ANSWERS.map((row) => outline(`${row.name}/${row.version}`, row.shape.schema))].join("\n\n")}
\`\`\`
`;
}

function answerRow(row: AnswerRow, commands: readonly CommandDefinition[]): string {
  const from = row.from.replace(/kfix [a-z ]+|--batch/g, (command) => `\`${command}\``);
  const fields = commands.find((one) => `kfix ${one.name}` === row.from)?.batch?.fields ?? [];
  const names = fields.map(({ name, required }) => `"${name}"${required ? "" : "?"}`);
  const batch = names.length === 0 ? "" : `\`{"id",${names.join(",")}}\``;
  return `| [${row.name}](schema/${schemaFile(row)}) | ${from} | ${batch} |`;
}

/** What several answers have in common, once. */
function definitions(): string[] {
  const all = new Map(ANSWERS.flatMap(({ shape }) => Object.entries(shape.uses)));
  return [...all].map(([name, schema]) => outline(name.toUpperCase(), schema));
}

function outline(name: string, schema: JsonSchema): string {
  return `${name} = ${textOf(schema, "")}`;
}

const WIDTH = 110;

/** The schema on one line where it fits, else a line a member, with what each means. */
function textOf(schema: JsonSchema, indent: string): string {
  const line = lineOf(schema);
  if (indent.length + line.length < WIDTH * 0.75) return line;
  const orNull = Array.isArray(schema.type) ? " | null" : "";
  if (isSchema(schema.items)) return `[${textOf(schema.items, indent)}]${orNull}`;
  if (Array.isArray(schema.enum)) return wrap(line, WIDTH - indent.length, `${indent}  `);
  if (!isSchema(schema.properties)) return line;
  const members = membersOf(schema).map(([name, member]) => {
    const text = `${indent}  ${name}: ${textOf(member, `${indent}  `)},`;
    const says = member.description;
    const fits = typeof says === "string" && !("enum" in member) && !text.includes("\n");
    return fits && text.length + says.length < WIDTH ? `${text.padEnd(44)}  // ${says}` : text;
  });
  return `{\n${members.join("\n")}\n${indent}}${orNull}`;
}

function lineOf(schema: JsonSchema): string {
  if (typeof schema.$ref === "string") return schema.$ref.replace("#/$defs/", "").toUpperCase();
  if (Array.isArray(schema.anyOf)) return schema.anyOf.map(lineOf).join(" | ");
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((word) => JSON.stringify(word)).join(" | ");
  const types = Array.isArray(schema.type) ? schema.type : [schema.type ?? "any"];
  return types.map((type) => (type === "null" ? type : typeText(schema, type))).join(" | ");
}

function typeText(schema: JsonSchema, type: unknown): string {
  if (isSchema(schema.items)) {
    const item = lineOf(schema.items);
    return schema.minItems === 2 ? `[${item}, ${item}]` : `[${item}]`;
  }
  if (!isSchema(schema.properties)) return String(type);
  return `{${membersOf(schema)
    .map(([name, member]) => `${name}: ${lineOf(member)}`)
    .join(", ")}}`;
}

/** The members of an object, a question mark behind those that may be absent. */
function membersOf(schema: JsonSchema): [string, JsonSchema][] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(isSchema(schema.properties) ? schema.properties : {}).flatMap(([name, member]) =>
    isSchema(member) ? [[required.includes(name) ? name : `${name}?`, member]] : [],
  );
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
