import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "..");

/** Which rooms each room may import from (docs/decisions.md): arrows go one way. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  kernel: ["kernel"],
  cache: ["cache", "kernel"],
  indexer: ["indexer", "cache", "kernel"],
  finder: ["finder", "cache", "kernel"],
  cli: ["cli", "finder", "indexer", "cache", "kernel"],
};

/** What does input and output, and so has no place in the domain. */
const OUTSIDE =
  /^(?:node:(?!(?:buffer|path|path\/posix)$)|better-sqlite3|simple-git|commander|ink|react|env-paths)/;

function sources(room: string): string[] {
  return readdirSync(join(ROOT, room), { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => join(ROOT, room, name));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import\()\s*"([^"]+)"/g)].flatMap((found) => found[1] ?? []);
}

describe.each(Object.entries(MAY_IMPORT))("%s", (room, allowed) => {
  test(`imports only from ${allowed.join(", ")}`, () => {
    const astray = sources(room).flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith("."))
        .map((name) => relative(ROOT, resolve(file, "..", name)).split("/")[0] ?? "")
        .filter((other) => !allowed.includes(other))
        .map((other) => `${relative(ROOT, file)} imports from ${other}`),
    );
    expect(astray).toEqual([]);
  });
});

test("the domain does no input or output", () => {
  const astray = sources("kernel").flatMap((file) =>
    importsOf(file)
      .filter((name) => OUTSIDE.test(name))
      .map((name) => `${relative(ROOT, file)} imports ${name}`),
  );
  expect(astray).toEqual([]);
});
