import { describe, expect, test } from "vitest";
import { MaintainersFile } from "../../../kernel/source/maintainers.ts";

const TEXT = `List of maintainers

	M: Mail patches to

LUMEN ETHERNET DRIVER
M:	Ada Light <ada@example.org>
R:	Bo Reader <bo@example.org>
L:	netdev@vger.example.org (moderated)
S:	Maintained
F:	drivers/net/lumen*
F:	include/linux/lumen/
X:	drivers/net/lumen_old.c

NETWORKING DRIVERS
M:	Net Keeper <net@example.org>
F:	drivers/net/

OLD STYLE
P:	Old Hand
M:	old@example.org
S:	Orphan
F:	fs/*
N:	[^a-z]glow

THE REST
M:	Linus Example <linus@example.org>
F:	*
F:	*/
`;

describe("whom to write to", () => {
  const file = new MaintainersFile(TEXT);
  const CASES: readonly (readonly [path: string, titles: readonly string[]])[] = [
    ["drivers/net/lumen.c", ["LUMEN ETHERNET DRIVER", "NETWORKING DRIVERS"]],
    ["drivers/net/lumen_old.c", ["NETWORKING DRIVERS"]],
    ["include/linux/lumen/ring.h", ["LUMEN ETHERNET DRIVER"]],
    ["fs/aio.c", ["OLD STYLE"]],
    ["fs/ext4/super.c", ["THE REST"]],
    ["mm/glow.c", ["OLD STYLE"]],
    ["kernel/fork.c", ["THE REST"]],
  ];
  for (const [path, titles] of CASES)
    test(path, () => {
      expect(file.maintainersOf(path).map((entry) => entry.title)).toEqual(titles);
    });

  test("a pattern is found however it is set out", () => {
    const patterns = [
      "F:\tdrivers/lum*/",
      "F:   drivers/lumen/",
      "F:\tdrivers/lumen/core.c \t",
      "F:\tdrivers/lumen",
      "F:\tdrivers/*/core.c",
      "F:\tdrivers/",
      "F:\td?ivers/lumen/core.c",
      "F:\tdrivers/lumen/core.c\r",
      "N:\t[^a-z]lu(men)?",
      "N:\tlumen|glow",
      "N:\tx?core\\.c$",
    ];
    for (const pattern of patterns) {
      const text = new MaintainersFile(
        `FIRST\nM:\ta@example.org\nF:\tfs/\n\nSECOND\nM:\tb@example.org\n${pattern}`,
      );
      expect([pattern, text.maintainersOf("drivers/lumen/core.c").map(({ title }) => title)]).toEqual([
        pattern,
        ["SECOND"],
      ]);
      expect([pattern, text.maintainersOf("sound/core.h")]).toEqual([pattern, []]);
    }
  });

  test.each(["(x+x+)+y", "(x|x)(x|x)(x|x)(x|x)(x|x)y", "x*x*x*y", "(", `${"x".repeat(300)}`])(
    "an expression that no kernel has matches nothing, and takes no time: %s",
    (expression) => {
      const hostile = new MaintainersFile(`FIRST\nM:\ta@example.org\nN:\t${expression}\n`);
      for (const length of [40, 4000])
        expect(hostile.maintainersOf(`fs/${"x".repeat(length)}.c`)).toEqual([]);
      expect(hostile.maintainersOf(`fs/${"x".repeat(40)}y.c`)).toEqual([]);
    },
  );

  test("of very many patterns for one folder, the first count", () => {
    const section = (folder: string, at: number) => `NUMBER ${at}\nM:\ta@example.org\nF:\tfs/${folder}/\n`;
    const many = Array.from({ length: 6000 }, (_, at) => section(at < 5000 ? "lumen" : "lumen/glow", at));
    const titles = new MaintainersFile(many.join("\n")).maintainersOf("fs/lumen/glow/a.c");
    expect(titles.map(({ title }) => title)).toEqual(["NUMBER 0", "NUMBER 1", "NUMBER 2"]);
  });

  test("names are read as UTF-8, or as Latin-1 where they are not", () => {
    const name = (encoding: BufferEncoding): string | undefined => {
      const bytes = Buffer.from("LUMEN\nM:\tBjörn Light <b@example.org>\nF:\tfs/lumen/\n", encoding);
      return new MaintainersFile(bytes.toString("latin1")).maintainersOf("fs/lumen/a.c")[0]?.people[0]?.who;
    };
    expect([name("utf8"), name("latin1")]).toEqual([
      "Björn Light <b@example.org>",
      "Björn Light <b@example.org>",
    ]);
  });

  test("names, roles and states, of the old two-line form too", () => {
    expect(file.maintainersOf("drivers/net/lumen.c")[0]).toEqual({
      title: "LUMEN ETHERNET DRIVER",
      status: "Maintained",
      people: [
        { role: "maintainer", who: "Ada Light <ada@example.org>" },
        { role: "reviewer", who: "Bo Reader <bo@example.org>" },
        { role: "list", who: "netdev@vger.example.org" },
      ],
    });
    expect(file.maintainersOf("fs/aio.c")[0]?.people).toEqual([
      { role: "maintainer", who: "Old Hand <old@example.org>" },
    ]);
  });
});
