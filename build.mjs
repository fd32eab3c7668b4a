// Bundles the command and the library into dist/: one file each and shared pieces, so that a look-up loads little.
import { cpSync, readFileSync, rmSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

rmSync(new URL("dist", import.meta.url), { recursive: true, force: true });
await build({
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
});
cpSync(new URL("indexer/blank.git", import.meta.url), new URL("dist/blank.git", import.meta.url), {
  recursive: true,
});
