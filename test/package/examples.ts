import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = new URL("../..", import.meta.url).pathname;

/** An example of docs/library.md, and what it prints by the page. */
export interface Example {
  readonly title: string;
  readonly code: string;
  readonly prints: string;
}

/** Every ```ts block of the page, with the ```text block that follows it. */
export function libraryExamples(): Example[] {
  const page = readFileSync(join(ROOT, "docs/library.md"), "utf8");
  const blocks = page.matchAll(/```ts\n(.*?)```\n\n```text\n(.*?)```/gs);
  return [...blocks].map(({ 1: code = "", 2: prints = "" }, at) => ({
    title: `${at + 1}: ${/import \{ ([^{}]*) \} from "kfix"/.exec(code)?.[1] ?? "?"}`,
    code,
    prints,
  }));
}

/** Type-checks the examples against the installed package, as strictly as TypeScript can, and compiles them. */
export function compileExamples(folder: string, examples: readonly Example[]): void {
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  // console, and the streams of an example: what every program for Node has.
  for (const name of ["@types/node", "undici-types"])
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  for (const [at, { code }] of examples.entries()) writeFileSync(join(folder, `example-${at}.ts`), code);
  const options = {
    target: "es2023",
    module: "nodenext",
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    types: ["node"],
  };
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: options, include: ["*.ts"] }),
  );
  const { stdout, status } = spawnSync(join(ROOT, "node_modules/.bin/tsc"), ["-p", folder], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stdout);
}
