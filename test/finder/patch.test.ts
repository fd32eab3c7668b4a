import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findPatch, type SourceTree } from "../../finder/patch.ts";
import { parseDiff } from "../../finder/patch-diff.ts";
import { openFolderTree } from "../../finder/patch-folder.ts";

const BEFORE = `#include <linux/lumen.h>

static int lumen_open(struct net_device *dev)
{
	struct lumen *priv = netdev_priv(dev);

	napi_enable(&priv->napi);
	lumen_start_queue(priv, priv->ring_size);
	return 0;
}

static void lumen_poll_ring(struct lumen *priv)
{
	struct lumen_ring *ring = priv->ring;

	while (ring->head != ring->tail)
		lumen_complete_descriptor(ring);
}
`;
const AFTER = BEFORE.replace(
  "	while (ring->head != ring->tail)\n",
  "	spin_lock(&priv->ring_lock);\n	while (ring->head != READ_ONCE(ring->tail))\n",
).replace("descriptor(ring);\n}", "descriptor(ring);\n	spin_unlock(&priv->ring_lock);\n}");

const DIFF = `diff --git a/drivers/net/lumen.c b/drivers/net/lumen.c
--- a/drivers/net/lumen.c
+++ b/drivers/net/lumen.c
@@ -14,5 +14,7 @@ static void lumen_poll_ring(struct lumen *priv)
 	struct lumen_ring *ring = priv->ring;
 
-	while (ring->head != ring->tail)
+	spin_lock(&priv->ring_lock);
+	while (ring->head != READ_ONCE(ring->tail))
 		lumen_complete_descriptor(ring);
+	spin_unlock(&priv->ring_lock);
 }
`;

function tree(files: Readonly<Record<string, string>>): SourceTree {
  return {
    read: async (path) => files[path],
    withName: async (name) => Object.keys(files).filter((path) => path.endsWith(`/${name}`)),
  };
}

const moved = (text: string): string => `${"/* a line that somebody put in front */\n".repeat(300)}${text}`;
const spaced = (text: string): string => text.replaceAll("\t", "        ");
const changedAround = (text: string): string =>
  text.replace(
    "	struct lumen_ring *ring = priv->ring;\n",
    "	struct lumen_ring *ring = lumen_ring_of(priv, 0);\n",
  );
const halfDone = BEFORE.replace(
  "descriptor(ring);\n}",
  "descriptor(ring);\n	spin_unlock(&priv->ring_lock);\n}",
);

describe("a fix in a tree", () => {
  test.each<[string, string, Record<string, string>]>([
    ["the code before it", "not-applied", { "drivers/net/lumen.c": BEFORE }],
    ["the code behind it", "applied", { "drivers/net/lumen.c": AFTER }],
    ["moved down, before", "not-applied", { "drivers/net/lumen.c": moved(BEFORE) }],
    ["moved down, behind", "applied", { "drivers/net/lumen.c": moved(AFTER) }],
    ["other blanks", "applied", { "drivers/net/lumen.c": spaced(AFTER) }],
    ["other lines around it, before", "not-applied", { "drivers/net/lumen.c": changedAround(BEFORE) }],
    ["other lines around it, behind", "applied", { "drivers/net/lumen.c": changedAround(AFTER) }],
    ["a half of it", "partly", { "drivers/net/lumen.c": halfDone }],
    ["the file in another folder", "applied", { "drivers/net/ethernet/lumen/lumen.c": AFTER }],
    ["the file became a folder", "not-applied", { "drivers/net/lumen/main.c": BEFORE }],
    [
      "a file of that name with other code",
      "unknown",
      { "drivers/tty/lumen.c": "int unrelated_function_of_tty(void);\n" },
    ],
    ["no such file", "unknown", { "kernel/fork.c": BEFORE }],
    [
      "code that is all different",
      "unknown",
      { "drivers/net/lumen.c": "static int lumen_rewritten_from_scratch(void);\n" },
    ],
  ])("%s: %s", async (_what, state, files) => {
    expect((await findPatch(tree(files), DIFF)).state).toBe(state);
  });

  test("each change says where the tree has it", async () => {
    const found = await findPatch(tree({ "drivers/net/lumen/main.c": halfDone }), DIFF);
    expect(found.hunks).toEqual([
      { path: "drivers/net/lumen/main.c", line: 16, presence: "not-applied" },
      { path: "drivers/net/lumen/main.c", line: 18, presence: "applied" },
    ]);
  });

  test("a file that it makes, or takes away", async () => {
    const made =
      "diff --git a/lib/new.c b/lib/new.c\nnew file mode 100644\n--- /dev/null\n+++ b/lib/new.c\n@@ -0,0 +1,2 @@\n+int a_new_function(void);\n+int another_function(void);\n";
    const text = "int a_new_function(void);\nint another_function(void);\n";
    expect((await findPatch(tree({}), made)).state).toBe("not-applied");
    expect((await findPatch(tree({ "lib/new.c": text }), made)).state).toBe("applied");
    const gone = made
      .replace("new file", "deleted file")
      .replace("--- /dev/null\n+++ b/lib/new.c", "--- a/lib/new.c\n+++ /dev/null")
      .replace("-0,0 +1,2", "-1,2 +0,0")
      .replaceAll("\n+int", "\n-int");
    expect((await findPatch(tree({}), gone)).state).toBe("applied");
    expect((await findPatch(tree({ "lib/new.c": text }), gone)).state).toBe("not-applied");
  });

  test("what is no diff tells nothing", async () => {
    expect(parseDiff("hello\nworld\n").flatMap((file) => file.changes)).toEqual([]);
    expect((await findPatch(tree({}), "@@ broken")).state).toBe("unknown");
  });
});

describe("a folder", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "kfix-tree-"));
    mkdirSync(join(root, "linux/kernel"), { recursive: true });
    writeFileSync(join(root, "secret"), "outside\n");
    writeFileSync(
      join(root, "linux/Makefile"),
      "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 76\nEXTRAVERSION = -rc1\n",
    );
    writeFileSync(join(root, "linux/kernel/fork.c"), "inside\n");
    symlinkSync(join(root, "secret"), join(root, "linux/kernel/link.c"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("tells its version, reads its files, and nothing outside of it", async () => {
    const folder = openFolderTree(join(root, "linux"));
    expect(folder.version).toBe("6.1.76-rc1");
    expect(await folder.read("kernel/fork.c")).toBe("inside\n");
    expect(await folder.withName("fork.c")).toEqual(["kernel/fork.c"]);
    for (const path of ["../secret", "kernel/../../secret", "kernel/link.c", "kernel", "none.c"]) {
      expect(await folder.read(path)).toBeUndefined();
    }
  });
});
