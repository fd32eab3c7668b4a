/**
 * Mines cases from the kernel's CVE records: fixes whose announcement quotes a crash. Only records for which the
 * first hexadecimal digit of sha1(id) is even (the split of the corpora).
 *
 *   npx tsx bench/ranking/mine-cve.ts CVE-REPOSITORY > mined-cve.jsonl
 */
import { createHash } from "node:crypto";
import { openCveStore } from "../../indexer/cve-files.ts";
import { parseCommitMessage } from "../../kernel/commit/message.ts";
import { parseAnnouncement } from "../../kernel/cve/announcement.ts";
import { bestQuote } from "./quote.ts";

const [repository] = process.argv.slice(2);
if (!repository) throw new Error("usage: mine-cve CVE-REPOSITORY");
const store = await openCveStore(repository);
const published = (await store.list()).published.filter(({ cve }) =>
  /^[02468ace]/.test(createHash("sha1").update(cve).digest("hex")),
);
const wanted = published.flatMap((files) => files.ids.get("mbox") ?? []);
const contents = store.read(wanted);
for (const files of published) {
  if (!files.ids.has("mbox")) continue;
  const next = await contents.next();
  const announcement = next.done ? undefined : parseAnnouncement(next.value.toString("utf8"));
  const log = announcement && bestQuote(parseCommitMessage(announcement.message).quotes);
  if (log !== undefined) process.stdout.write(`${JSON.stringify({ id: files.cve, log })}\n`);
}
