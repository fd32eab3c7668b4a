import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Workplace } from "../cli/run-kfix.ts";
import { makeKernelHistory } from "../fixtures/make-history.ts";
import { git } from "../fixtures/make-repository.ts";

/*
 * Trees that no kernel has: names that are options, magic or no text, paths without end, links that lead out, names that
 * only some file systems tell apart, a folder of very many files.
 */

const MANY = 3000;
const DEEP = `${"d/".repeat(300)}deep.c`;
const TAG = "v3.19.90";

/** How fast-import writes a path (git-fast-import(1)), and what each defines. */
const FILES: readonly (readonly [path: string, defines: string])[] = [
  ["--output=owned.c", "in_option"],
  ["kernel/-x.c", "in_short_option"],
  ['":(exclude)kernel.c"', "in_magic"],
  ['"kernel/\\377\\376.c"', "in_no_utf8"],
  ['"kernel/$(touch owned).c"', "in_shell"],
  ['"kernel/a\\nb.c"', "in_two_lines"],
  ["kernel/Case.c", "in_upper_case"],
  ["kernel/case.c", "in_lower_case"],
  [DEEP, "in_deep"],
];

let place: Workplace;

beforeAll(async () => {
  place = new Workplace();
  await makeKernelHistory(place.repository);
  const data = (bytes: Buffer | string): Buffer =>
    Buffer.concat([Buffer.from(`data ${Buffer.byteLength(bytes)}\n`), Buffer.from(bytes), Buffer.from("\n")]);
  const file = (path: string, text: string): (string | Buffer)[] => [`M 100644 inline ${path}\n`, data(text)];
  const message = Buffer.concat([
    Buffer.from("sched: odd bytes \xff\xfe here\n\nA NUL:", "latin1"),
    Buffer.from('\0 and after\n\nFixes: 123456789abc ("x")\n'),
  ]);
  const stream = [
    "commit refs/heads/odd\n",
    Buffer.from("author \xc9ve <eve@example.org> 1430000000 +0000\n", "latin1"),
    "committer Eve <eve@example.org> 1430000000 +0000\n",
    data(message),
    "from refs/tags/v3.19^0\n",
    ...FILES.flatMap(([path, name]) => file(path, `int ${name}(int a)\n{\n\treturn a;\n}\n`)),
    ...file("kernel/bytes.c", "int in_bytes(int a)\n{\n\treturn a; /* \0 */\n}\n"),
    ...Array.from({ length: MANY }, (_, at) => file(`many/f${at}.c`, `int many_${at}(void)\n{\n}\n`)).flat(),
    "commit refs/heads/odd\n",
    "committer Eve <eve@example.org> 1430000001 +0000\n",
    data("sched: change all of them again\n"),
    ...FILES.flatMap(([path, name]) => file(path, `int ${name}(int a)\n{\n\treturn a + 1;\n}\n`)),
    `reset refs/tags/${TAG}\nfrom refs/heads/odd\n\n`,
    "commit refs/heads/links\n",
    "committer Eve <eve@example.org> 1430000002 +0000\n",
    data("sched: links\n"),
    "from refs/heads/odd\n",
    "M 120000 inline kernel/link.c\n",
    data("/etc/passwd"),
    "M 120000 inline kernel/up\n",
    data("../../../.."),
    "reset refs/tags/v3.19.91\nfrom refs/heads/links\n\n",
    "reset refs/tags/--output=owned\nfrom refs/heads/odd\n\n",
    "reset refs/tags/v3.19.88;touch$IFS'owned'\nfrom refs/heads/odd\n\n",
    "done\n",
  ];
  const imported = spawnSync("git", ["--git-dir", place.repository, "fast-import", "--quiet", "--done"], {
    input: Buffer.concat(stream.map((one) => Buffer.from(one))),
    encoding: "utf8",
  });
  if (imported.status !== 0) throw new Error(imported.stderr);
  const added = await place.kfix(["source", "add", place.repository], { cwd: place.folder });
  if (added.status !== 0) throw new Error(added.stderr);
});
afterAll(() => place.remove());

describe("a repository with a tree that no kernel has", () => {
  test.each(FILES.map(([, name]) => name))("the function %s has its history", async (name) => {
    const { stdout } = await place.kfix(["symbol", name]);
    expect(stdout).toMatch(/sched: change all of them again/);
  });

  test("what is no text is read all the same, and said so", async () => {
    const { stdout, status } = await place.kfix(["fix", (await shaOf("odd~")).slice(0, 12)]);
    expect(status).toBe(0);
    expect(stdout).toContain("sched: odd bytes \ufffd\ufffd here");
  });

  test("its tags are releases only by their grammar", async () => {
    const { stdout } = await place.kfix(["fix", await shaOf("odd~"), "--json"]);
    expect(JSON.parse(stdout).fixes[0].stable).toMatchObject([{ version: "3.19.90" }]);
    expect((await place.kfix(["doctor", "--deep"])).stdout).not.toMatch(/^bad/m);
  });

  test("the tree of a tag, of many files, is read whole, and nothing is run", async () => {
    const words = ["source", "add", `linux@${TAG}`, "--name", "odd", "--arch", "all"];
    const added = await place.kfix(words, { cwd: place.folder });
    expect(added).toMatchObject({ status: 0, stderr: "" });
    for (const name of ["many_2999", "in_magic", "in_shell", "in_deep", "in_upper_case", "in_lower_case"])
      expect((await place.kfix(["symbol", name, "--tree", "odd"])).stdout, name).toMatch(/^\S.*:\d+-\d+ /);
  });

  test("the tree of a tag with links that lead out is refused, and leaves nothing", async () => {
    const added = await place.kfix(["source", "add", "linux@v3.19.91", "--name", "links", "--arch", "all"]);
    expect(added.status).toBe(2);
    expect(added.stderr).toMatch(/link leads out/);
    expect(readdirSync(`${place.home}/trees`)).toEqual(["odd"]);
  });

  test("left nothing behind", () => {
    expect(readdirSync(place.folder).filter((name) => name.includes("owned"))).toEqual([]);
  });
});

test("a folder of the user's with links: out of it none is followed", async () => {
  const own = new Workplace();
  const files = {
    "tree/Makefile": "VERSION = 3\nPATCHLEVEL = 19\nSUBLEVEL = 1\nEXTRAVERSION =\n",
    "tree/MAINTAINERS": "OWN\nM:\tEve <eve@example.org>\nF:\tkernel/\n",
    "tree/include/linux/kernel.h": "int printk(const char *, ...);\n",
    "tree/kernel/own.c": "int own_function(int a)\n{\n\treturn a;\n}\n",
    "outside/secret.c": "int secret_function(int a)\n{\n\treturn a;\n}\n",
    [`tree/${DEEP}`]: "int in_deep(int a)\n{\n\treturn a;\n}\n",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(own.path(name)), { recursive: true });
    writeFileSync(own.path(name), text);
  }
  symlinkSync(own.path("outside/secret.c"), own.path("tree/kernel/secret.c"));
  symlinkSync(own.path("outside"), own.path("tree/folder"));
  symlinkSync("..", own.path("tree/kernel/round"));
  const added = await own.kfix(["source", "add", own.path("tree"), "--name", "own", "--arch", "all"]);
  expect(added.stderr).toBe("");
  expect((await own.kfix(["symbol", "own_function"])).stdout).toMatch(/^kernel\/own\.c/);
  expect((await own.kfix(["symbol", "in_deep"])).stdout).toContain("deep.c");
  expect((await own.kfix(["symbol", "secret_function"])).status).toBe(1);
  own.remove();
});

async function shaOf(revision: string): Promise<string> {
  return (await git(place.repository, ["rev-parse", revision])).trim();
}
