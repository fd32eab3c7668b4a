// Bundles the command and the library into dist/: one file each and shared pieces, so that a look-up loads little.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

process.chdir(import.meta.dirname);
rmSync("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { kfix: "cli/kfix.ts", library: "cli/library.ts", "tree-worker": "indexer/tree-worker.ts" },
  outdir: "dist",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifyWhitespace: true, // less to read at every start; names stay, for a stack trace that tells something
  minifySyntax: true,
  external: ["better-sqlite3"],
  define: { "process.env.KFIX_VERSION": JSON.stringify(version) },
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
  chunkNames: "chunks/[name]-[hash]",
  logLevel: "warning",
  metafile: true,
});
cpSync("indexer/blank.git", "dist/blank.git", { recursive: true });

// What others wrote and is bundled keeps its licence.
const bundled = Object.keys(metafile.inputs).flatMap(
  (file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file) ?? [],
);
const licences = [...new Set(bundled)].sort().map((folder) => {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  const text = file
    ? readFileSync(`${folder}/${file}`, "utf8")
    : readFileSync(`${folder}/package.json`, "utf8");
  return `${folder.replace("node_modules/", "")}\n\n${text.trim()}\n`;
});
writeFileSync("dist/licences.txt", licences.join(`\n${"-".repeat(80)}\n\n`));
