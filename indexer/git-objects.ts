import { KfixError } from "../kernel/error.ts";
import { startGit } from "./git.ts";

/**
 * The contents of objects, in the order of their ids, by one `git cat-file --batch` (git-cat-file(1), "BATCH
 * OUTPUT").
 *
 * Throws `environment` when one is missing: the repository is damaged, or a partial clone; `bad-input` for one that is
 * too large for a record.
 */
export async function* readObjects(gitDir: string, ids: readonly string[]): AsyncGenerator<Buffer> {
  if (ids.length === 0) return;
  const git = startGit(gitDir, ["cat-file", "--batch", "--buffer"]);
  const feeding = feed(git, ids);
  try {
    let rest: Buffer = Buffer.alloc(0);
    let wanted = 0; // bytes of the object that begins `rest`, its header and newline included; 0: header not read
    let header = 0;
    for await (const chunk of git.output) {
      rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (;;) {
        if (wanted === 0) {
          const end = rest.indexOf(10);
          if (end === -1) break;
          header = end + 1;
          wanted = header + sizeOf(rest.toString("utf8", 0, end)) + 1;
        }
        if (rest.length < wanted) break;
        yield rest.subarray(header, wanted - 1);
        rest = rest.subarray(wanted);
        wanted = 0;
      }
    }
    await git.close();
  } finally {
    await git.close();
    await feeding;
  }
}

async function feed(git: ReturnType<typeof startGit>, ids: readonly string[]): Promise<void> {
  for (let at = 0; at < ids.length; at += 1000) await git.write(`${ids.slice(at, at + 1000).join("\n")}\n`);
  git.endInput();
}

/** `<sha> <type> <size>`, or `<name> missing`. */
function sizeOf(header: string): number {
  const size = /^\S+ \S+ (\d+)$/.exec(header)?.[1];
  if (size === undefined) {
    throw new KfixError("environment", `the repository lacks an object: ${header}`, {
      hint: "check it with: git fsck; a partial clone must be completed first",
    });
  }
  if (Number(size) > LARGEST) {
    throw new KfixError("bad-input", `${header} is no record: it is too large`, {
      hint: "the kernel's CVE records have some kilobytes: do not trust where these came from",
    });
  }
  return Number(size);
}

/** The largest of the kernel's records has 200 kB. */
const LARGEST = 16 << 20;
