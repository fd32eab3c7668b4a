import { describe, expect, test } from "vitest";
import {
  cutMaintainers,
  maintainersIn,
  maintainersOf,
  parseMaintainers,
} from "../../../kernel/source/maintainers.ts";

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
  const entries = parseMaintainers(TEXT);
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
      expect(maintainersOf(entries, path).map((entry) => entry.title)).toEqual(titles);
      expect(maintainersIn(cutMaintainers(TEXT), path)).toEqual(maintainersOf(entries, path));
    });

  test("names, roles and states, of the old two-line form too", () => {
    expect(maintainersOf(entries, "drivers/net/lumen.c")[0]).toEqual({
      title: "LUMEN ETHERNET DRIVER",
      status: "Maintained",
      people: [
        { role: "maintainer", who: "Ada Light <ada@example.org>" },
        { role: "reviewer", who: "Bo Reader <bo@example.org>" },
        { role: "list", who: "netdev@vger.example.org" },
      ],
    });
    expect(maintainersOf(entries, "fs/aio.c")[0]?.people).toEqual([
      { role: "maintainer", who: "Old Hand <old@example.org>" },
    ]);
  });
});
