// Bundles the command and the library into dist/: one file each and shared pieces, so that a look-up loads little.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";
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

/** A module that is built by itself, and loaded from its own file. */
const beside = (source, built) => ({
  name: "beside",
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ path }) =>
      path === source ? { path: built, external: true } : undefined,
    );
  },
});

/** What looks for a moved file in a folder of source, a third of the text of `fix`, is loaded by those who have one, from beside the command. */
const fastGlobBeside = {
  name: "fast-glob-beside",
  setup({ onResolve }) {
    onResolve({ filter: /^fast-glob$/ }, () => ({ path: "./fast-glob.cjs", external: true }));
  },
};

/** The table of commands with one command alone. */
const onlyCommand = (name) => ({
  name: "only-command",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/commands\/index\.ts$/ }, () => ({ path: name, namespace: "only" }));
    onLoad({ filter: /./, namespace: "only" }, () => ({
      contents: `import { ${name} } from "./${name}.ts"; export const commandsFor = async () => [${name}];`,
      resolveDir: "cli/commands",
    }));
  },
});

/** Ink names React's developer tools, which are not installed, and loads them only where DEV is true. */
const withoutDevtools = {
  name: "without-devtools",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^react-devtools-core$/ }, () => ({ path: "devtools", namespace: "absent" }));
    onLoad({ filter: /./, namespace: "absent" }, () => ({ contents: "export default undefined;" }));
  },
};

process.chdir(import.meta.dirname);
rmSync("dist", { recursive: true, force: true });
const common = {
  absWorkingDir: import.meta.dirname, // esbuild keeps the folder that it was loaded in
  bundle: true,
  platform: "node",
  target: "node20",
  minifyWhitespace: true, // less to read at every start; names stay, for a stack trace that tells something
  minifySyntax: true,
  // better-sqlite3's own code is in the bundle (nine files less to find), so its native part must be of the very
  // version that was bundled: package.json names it exactly.
  plugins: [commanderAlone],
  define: { "process.env.KFIX_VERSION": JSON.stringify(version) },
  logLevel: "warning",
};
const banner = {
  js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
};
/** Where a CommonJS module lies. */
const OWN_PLACE = { "import.meta.filename": "__filename", "import.meta.dirname": "__dirname" };
const { metafile } = await build({
  ...common,
  entryPoints: {
    main: "cli/main.ts",
    library: "cli/library.ts",
    "tree-worker": "indexer/tree-worker.ts",
    "lookup-worker": "cli/tui/lookup/worker.ts",
    "job-process": "cli/tui/jobs/job-process.ts",
    "diff-worker": "indexer/diff-worker.ts",
    "commit-log-worker": "indexer/commit-log-worker.ts",
  },
  outdir: "dist",
  jsx: "automatic",
  plugins: [...common.plugins, withoutDevtools],
  // React's and Ink's builds for use: smaller, and faster.
  define: { ...common.define, "process.env.NODE_ENV": '"production"', "process.env.DEV": '"false"' },
  splitting: true,
  format: "esm",
  banner,
  chunkNames: "chunks/[name]-[hash]",
  metafile: true,
});

// What every start reads first, alone in its file: a CommonJS module, for which Node does not make ready what loads others.
await build({
  ...common,
  entryPoints: ["cli/kfix.ts"],
  outfile: "dist/kfix.cjs",
  format: "cjs",
  plugins: [beside("./main.ts", "./main.js")],
  define: { ...common.define, ...OWN_PLACE },
});

await build({ ...common, entryPoints: ["fast-glob"], outfile: "dist/fast-glob.cjs", format: "cjs" });

/*
 * A look-up as one file that is the function of a CommonJS module (cli/look-up.ts calls it): Node reads it at once, and
 * asks for nothing else. Beside it, what V8 made of it, for the Node that is here.
 */
for (const name of ["crash", "fix", "symbol", "message", "check"]) {
  const outfile = `dist/look-ups/${name}.cjs`;
  await build({
    ...common,
    entryPoints: ["cli/main.ts"],
    outfile,
    format: "cjs",
    plugins: [...common.plugins, onlyCommand(name), fastGlobBeside],
    supported: { "dynamic-import": false }, // what comes from bytecode cannot import()
    define: { ...common.define, ...OWN_PLACE },
    banner: { js: "(function (exports, require, module, __filename, __dirname) {" },
    footer: { js: "})" },
  });
  writeFileSync(outfile, inAscii(readFileSync(outfile, "utf8")));
  writeFileSync(outfile.replace(/cjs$/, "bytecode"), bytecodeOf(outfile));
}

/** A byte a character, for V8 as well: esbuild leaves the others as they are in regular expressions alone. */
function inAscii(text) {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Of every function: what a look-up needs cannot be known before it asks. */
function bytecodeOf(file) {
  setFlagsFromString("--no-lazy");
  const script = new Script(readFileSync(file, "latin1"), { filename: file });
  setFlagsFromString("--lazy");
  return script.createCachedData();
}

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

// The manual, from the commands' own definitions.
const maker = "dist/man/maker.mjs";
await build({
  ...common,
  entryPoints: ["cli/shell/man-pages.ts"],
  outfile: maker,
  format: "esm",
  banner,
  plugins: [...common.plugins, beside("../tui/run.ts", "not-needed")],
});
const { manPages } = await import(new URL(maker, import.meta.url));
const seconds = process.env.SOURCE_DATE_EPOCH; // reproducible-builds.org
const date = (seconds ? new Date(seconds * 1000) : new Date()).toISOString().slice(0, 10);
for (const [file, text] of await manPages({ version, date })) writeFileSync(`dist/man/${file}`, text);
rmSync(maker);
