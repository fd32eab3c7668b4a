import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type ChangedFiles, VERSIONS } from "../../indexer/changed-files.ts";
import { ChangedFilesReader } from "../../indexer/changed-files-reader.ts";
import { compareFiles } from "../../indexer/compared-files.ts";
import { TouchThreads } from "../../indexer/touch-threads.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kfix-changed-"));
  git(["init", "--quiet", "--bare"]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(args: readonly string[], input: Buffer | string = ""): string {
  return execFileSync("git", ["--git-dir", folder, ...args], { input, encoding: "utf8" }).trim();
}

type Entries = Readonly<Record<string, { mode?: string; content: Buffer | string }>>;

/** A commit with these files, each in the top folder; returns its sha. */
function commit(files: Entries, parents: readonly string[] = []): string {
  const blobs = Object.values(files).map(({ content }) => git(["hash-object", "-w", "--stdin"], content));
  const rows = Object.entries(files).map(([path, { mode = "100644" }], at) =>
    Buffer.from(`${mode} blob ${blobs[at]}\t${path}\0`, path.includes("\xff") ? "latin1" : "utf8"),
  );
  const tree = git(["mktree", "-z"], Buffer.concat(rows));
  const by = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
  return git([...by, "commit-tree", tree, "-m", "subject", ...parents.flatMap((sha) => ["-p", sha])]);
}

async function listed(shas: readonly string[]): Promise<ChangedFiles> {
  const reader = new ChangedFilesReader(folder);
  try {
    await reader.ask(shas);
    return await reader.end();
  } finally {
    await reader.close();
  }
}

/** Of each commit, by its place: each path with what is touched in it. */
async function touched(shas: readonly string[]): Promise<[commit: number, path: string, symbols: string][]> {
  const files = await listed(shas);
  const threads = new TouchThreads(folder, 2);
  try {
    let done = 0;
    const compared = await compareFiles(files, threads, (share) => {
      done = share;
    });
    if (files.count > 0) expect(done).toBe(1);
    return Array.from({ length: files.count }, (_, change) => [
      files.commitOf.at(change),
      files.paths[files.pathOf.at(change)] ?? "",
      compared.symbols(change)?.join(" ") ?? "(no text)",
    ]);
  } finally {
    await threads.close();
  }
}

const probe = (body: string) => `int probe(void)\n{\n\t${body};\n}\n`;
const file = (body: string) => ({ content: probe(body) });

describe("the files that commits change", () => {
  test("in git's order, those with functions only, and what is touched in each", async () => {
    const first = commit({
      "a.c": file("a()"),
      "b.S": file("b()"),
      "c.h": file("c()"),
      Makefile: file("d()"),
    });
    const second = commit(
      { "a.c": file("x()"), "b.S": file("y()"), "c.h": file("z()"), Makefile: file("w()") },
      [first],
    );
    const third = commit(
      { "a.c": file("x()"), "b.S": file("y()"), "d.c": file("new()"), Makefile: file("v()") },
      [second],
    );
    expect(await touched([first, second, third])).toEqual([
      [1, "a.c", "probe"],
      [1, "b.S", "probe"],
      [1, "c.h", "probe"],
      [2, "c.h", "probe"],
      [2, "d.c", "probe"],
    ]);
  });

  test("nothing for merges, a mode alone, submodules, and binary files", async () => {
    const base = commit({ "a.c": file("a()"), "b.c": file("b()") });
    const mode = commit({ "a.c": { mode: "100755", content: probe("a()") }, "b.c": file("b()") }, [base]);
    const side = commit({ "a.c": file("a()"), "b.c": file("side()") }, [base]);
    const merge = commit({ "a.c": { mode: "100755", content: probe("a()") }, "b.c": file("side()") }, [
      mode,
      side,
    ]);
    const binary = commit({ "a.c": { content: `\0${probe("c()")}` }, "b.c": file("side()") }, [merge]);
    expect(await touched([mode, side, merge, binary])).toEqual([
      [1, "b.c", "probe"],
      [3, "a.c", "(no text)"],
    ]);
  });

  test("paths that git would quote", async () => {
    const names = ["k\u00e4se.c", 'a"b.c', "tab\t.c", " .c", "kernel\xff.h"];
    const first = commit({});
    const second = commit(Object.fromEntries(names.map((name) => [name, file("a()")])), [first]);
    const paths = (await touched([second])).map(([, path]) => path);
    expect(paths.sort()).toEqual(["k\u00e4se.c", 'a"b.c', "tab\t.c", " .c", "kernel\ufffd.h"].sort());
  });

  test("versions that go to and fro between branches, more of them than are kept in memory", async () => {
    const shas = [commit({ "a.c": file("step0()") })];
    const bodies = [1, 2, 3, 4, 5, 6, 7, 1, 4, 0, 6, 2, 2, 7, 3];
    for (const [at, body] of bodies.entries())
      shas.push(commit({ "a.c": file(`step${body}()`) }, [shas[at] ?? ""]));
    const found = await touched(shas);
    expect(found).toHaveLength(bodies.length - 1); // one of them changes nothing
    expect(new Set(found.map(([, , symbols]) => symbols))).toEqual(new Set(["probe"]));
  });
});

test("a file larger than any source is passed over", async () => {
  const first = commit({ "a.h": { content: Buffer.alloc(65 << 20, "\tx();\n") }, "b.c": file("a()") });
  const second = commit({ "a.h": file("a()"), "b.c": file("b()") }, [first]);
  expect(await touched([second])).toEqual([
    [0, "a.h", "(no text)"],
    [0, "b.c", "probe"],
  ]);
});

test("a version that is missing, and a git directory that is", async () => {
  const first = commit({ "a.c": file("a()") });
  const second = commit({ "a.c": file("b()") }, [first]);
  const blob = git(["rev-parse", `${second}:a.c`]);
  rmSync(join(folder, "objects", blob.slice(0, 2), blob.slice(2)));
  await expect(touched([second])).rejects.toThrow("the repository lacks objects");
  rmSync(folder, { recursive: true });
  await expect(listed([second])).rejects.toThrow(/git failed|lacks objects/);
});

test("a thread that ended answers what it is asked: with that it did", async () => {
  const script = join(folder, "gone.mjs");
  writeFileSync(script, "process.exit(1);");
  const threads = new TouchThreads(folder, 1, script);
  for (let turn = 0; turn < 2; turn++)
    await expect(threads.touched(Buffer.alloc(1000 * VERSIONS))).rejects.toThrow("ended early");
  await threads.close();
});
