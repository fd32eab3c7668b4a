import { expect, test } from "vitest";
import { parseCrash } from "../../../kernel/crash/parse.ts";

const kernelOf = (tainted: string) =>
  parseCrash(`kernel BUG at fs/inode.c:417!
CPU: 1 PID: 1404 Comm: mount Tainted: ${tainted} #1
RIP: 0010:drop_nlink+0x35/0x40`)?.kernel;

test.each([
  ["G           --L------------    2.6.32-642.el6.x86_64", "2.6.32-642.el6.x86_64", "L"],
  ["G            -------------- T 3.10.0-229.11.1.el7.x86_64", "3.10.0-229.11.1.el7.x86_64", "T"],
  ["P           OE  ------------   3.10.0-693.el7.x86_64", "3.10.0-693.el7.x86_64", "POE"],
  ["G        W IOE    --------- -  - 4.18.0-240.el8.x86_64", "4.18.0-240.el8.x86_64", "WIOE"],
  ["G           OE     -------- -t - 4.18.0-348.el8.x86_64", "4.18.0-348.el8.x86_64", "OEt"],
  ["G        W  OE    -------  ---  5.14.0-70.13.1.el9_0", "5.14.0-70.13.1.el9_0", "WOE"],
  ["[W]=WARN, [O]=OOT_MODULE  6.12.4-200.fc41.x86_64", "6.12.4-200.fc41.x86_64", "WO"],
])("behind the bits that Red Hat's print_tainted() reserves, the release: %s", (tainted, release, flags) => {
  expect(kernelOf(tainted)).toMatchObject({ release, build: "#1", tainted: flags });
});

test("a long word in place of the flags is passed over at once", () => {
  expect(kernelOf("A".repeat(200))?.release).toBeUndefined();
});
