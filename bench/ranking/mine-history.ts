/**
 * Mines cases to fit the ranking on from an indexed history: commits that quote a crash and have no other origin.
 * Only shas that end in an even digit: the other half is never looked at (the split of the corpora).
 *
 *   npx tsx bench/ranking/mine-history.ts INDEX.db REPOSITORY.git > mined.jsonl
 */
import { spawnSync } from "node:child_process";
import { openForReading } from "../../cache/database.ts";
import { parseCommitMessage } from "../../kernel/commit/message.ts";
import { bestQuote } from "./quote.ts";

const [index, repository] = process.argv.slice(2);
if (!index || !repository) throw new Error("usage: mine-history INDEX.db REPOSITORY.git");

const db = openForReading(index);
const shas = db
  .prepare<[], string>(
    `select lower(hex(c.sha)) from commits c join release r on r.id = c.release
     where c.id in (select commit_id from quoted_crash)
       and r.kind in ('mainline', 'rc')
       and c.id not in (select commit_id from reference where kind = 'backport')
     order by c.id`,
  )
  .pluck()
  .all()
  .filter((sha) => /[02468ace]$/.test(sha));
db.close();

const input = shas.map((sha) => `${sha}\n`).join("");
const { stdout } = spawnSync("git", ["--git-dir", repository, "cat-file", "--batch"], {
  input,
  maxBuffer: 1 << 30,
});
let at = 0;
while (at < stdout.length) {
  const end = stdout.indexOf(10, at);
  const [sha = "", , size = "0"] = stdout.subarray(at, end).toString().split(" ");
  const commit = stdout.subarray(end + 1, end + 1 + Number(size)).toString("utf8");
  at = end + 2 + Number(size);
  const log = bestQuote(parseCommitMessage(commit.slice(commit.indexOf("\n\n") + 2)).quotes);
  if (log !== undefined) process.stdout.write(`${JSON.stringify({ id: sha, log })}\n`);
}
