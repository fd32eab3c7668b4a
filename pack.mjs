// What only the published package has: the library's types, without those that no import of the library reaches.
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const root = import.meta.dirname;
const types = join(root, "dist/types");

rmSync(types, { recursive: true, force: true });
execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", "tsconfig.types.json"], {
  cwd: root,
  stdio: "inherit",
});

const IMPORT = /(?:from |import\()"(\.[^"]+)\.ts"/g;

// The database's handle, which the readers pass on among themselves, is of a type that a user's program does not have.
writeFileSync(join(types, "cache/sqlite.d.ts"), "export type Db = unknown;\n");

/** The files that a program which imports the library gets to see. */
const needed = new Set();
const need = (file) => {
  if (needed.has(file)) return;
  needed.add(file);
  const text = readFileSync(file, "utf8");
  for (const [, name] of text.matchAll(IMPORT)) need(resolve(dirname(file), `${name}.d.ts`));
  // As any compiler expects them; ours writes the sources' own .ts.
  writeFileSync(
    file,
    text.replace(IMPORT, (found) => found.replace(/\.ts"$/, '.js"')),
  );
};
need(join(types, "cli/library.d.ts"));

for (const entry of readdirSync(types, { recursive: true, withFileTypes: true })) {
  const file = join(entry.parentPath, entry.name);
  if (entry.isFile() && !needed.has(file)) rmSync(file);
}
