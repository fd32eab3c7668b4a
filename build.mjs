// Bundles the command and the library into dist/: one file each and shared pieces, so that a look-up loads little.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8"));

/** commander can start programs as subcommands; kfix has none such, and what starts programs takes 4 ms to load. */
const commanderAlone = {
  name: "commander-alone",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer)
        ? { path: "child_process", namespace: "nothing" }
        : undefined,
    );
    onLoad({ filter: /./, namespace: "nothing" }, () => ({ contents: "module.exports = {};" }));
  },
};

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
  // better-sqlite3's own code is in the bundle (nine files less to find), so its native part must be of the very
  // version that was bundled: package.json names it exactly.
  plugins: [commanderAlone],
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
