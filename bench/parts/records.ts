import { statSync } from "node:fs";
import { join } from "node:path";
import { git } from "../measure/kfix.ts";
import { runWell } from "../measure/process.ts";
import type { Part } from "../measure/workplace.ts";

/** What the import of the kernel's CVE records costs, beside git reading the same files. */
export const records: Part = {
  name: "records",
  measure: async (place) => {
    const repository = place.options.input("cve");
    const home = place.emptied("home-records");
    const branch = await branchWithRecords(repository);
    const read = await runWell("git", ["--git-dir", repository, "archive", branch, PUBLISHED]);
    const add = await place.kfix(["source", "add", "-q", "cve", repository], home);
    const updates: number[] = [];
    for (let at = 0; at < place.rounds(5); at++)
      updates.push((await place.kfix(["source", "update", "-q"], home)).seconds);
    const peer = "git archive of the published records";
    return {
      inputs: "the kernel's CVE records",
      measurements: [
        { what: peer, unit: "s", samples: [read.seconds] },
        { what: "kfix source add cve", unit: "s", samples: [add.seconds], against: peer },
        { what: "kfix source update, nothing new", unit: "s", samples: updates },
        { what: "memory of kfix source add cve", unit: "MB", samples: [add.megabytes] },
        { what: "the index", unit: "MB", samples: [statSync(join(home, "index/cve.db")).size / 1e6] },
      ],
    };
  },
};

/** A repository may have branches without records, too. */
async function branchWithRecords(repository: string): Promise<string> {
  const branches = await git(repository, "for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes");
  for (const branch of branches.split("\n").filter((name) => name !== ""))
    if ((await git(repository, "ls-tree", "--name-only", branch, PUBLISHED)) !== "") return branch;
  throw new Error(`no branch of ${repository} has ${PUBLISHED}`);
}

const PUBLISHED = "cve/published";
