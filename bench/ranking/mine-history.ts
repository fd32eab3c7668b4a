/**
 * Mines cases to fit the ranking on from an indexed history: commits that quote a crash and have no other origin.
 * Only shas that end in an even digit: the other half is never looked at (the split of the corpora).
 *
 *   npx tsx bench/ranking/mine-history.ts INDEX.db REPOSITORY.git > mined.jsonl
 */
import { spawnSync } from "node:child_process";
import { eachCommit } from "../../cache/commit-table.ts";
import { openForReading } from "../../cache/database.ts";
import { FirstReleases } from "../../cache/first-releases.ts";
import { idsOf } from "../../cache/id-set.ts";
import { parseCommitMessage } from "../../kernel/commit/message.ts";
import { bestQuote } from "./quote.ts";

const [index, repository] = process.argv.slice(2);
if (!index || !repository) throw new Error("usage: mine-history INDEX.db REPOSITORY.git");

const db = openForReading(index);
const mainline = idsOf(db, "select id from release where kind in ('mainline', 'rc')");
const origins = idsOf(
  db,
  `select distinct commit_id from quoted_crash
   where commit_id not in (select commit_id from reference where kind = 'backport')`,
);
const releases = new FirstReleases(db);
const shas: string[] = [];
eachCommit(db, ({ id, page, place }) => {
  const sha = page.sha(place).toString("hex");
  if (origins.has(id) && mainline.has(releases.of(id)) && /[02468ace]$/.test(sha)) shas.push(sha);
});
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
