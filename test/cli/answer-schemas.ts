import { readdirSync, readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { expect } from "vitest";

const SCHEMAS = new URL("../../docs/schema/", import.meta.url);
const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
formats.default(ajv);

/** What holds an answer against the schemas that users get, by their files. */
export const validators = new Map(
  readdirSync(SCHEMAS).map((name) => [
    name,
    ajv.compile(JSON.parse(readFileSync(new URL(name, SCHEMAS), "utf8"))),
  ]),
);

export interface Answer {
  readonly schema?: string;
}

/** Fails unless the answer is as its own schema says, which is the one expected; gives that schema's file. */
export function expectValid(answer: Answer, expected: string): string {
  const file =
    answer.schema === undefined
      ? "error-1.json"
      : `${answer.schema.replace(/^kfix\./, "").replace("/", "-")}.json`;
  expect(file).toBe(`${expected}-1.json`);
  const validate = validators.get(file);
  if (!validate) throw new Error(`${file} is missing`);
  expect(validate(answer) ? [] : validate.errors, JSON.stringify(answer)).toEqual([]);
  return file;
}
