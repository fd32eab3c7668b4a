import { evenBlanks } from "./subject.ts";

/** A commit that a message blames or undoes: by sha, by subject, or both. */
export interface Named {
  readonly sha: string | undefined;
  readonly subject: string | undefined;
}

export interface Culprit extends Named {
  readonly how: "trailer" | "prose";
}

/** `Fixes: 54a4f0239f2e ("KVM: MMU: make kvm_mmu_zap_page() return the number of pages it actually freed")` */
export function culpritOfTrailer(value: string): Culprit | undefined {
  const found = /^(?:commit )?([0-9a-f]{6,40})\b[^("']{0,10}\(?\s*(.*)$/i.exec(value);
  if (!found?.[1]) return undefined;
  return { sha: found[1].toLowerCase(), subject: quoted(found[2] ?? ""), how: "trailer" };
}

/**
 * Culprits that the prose names, as it was done before 2013: "introduced by commit X", "since commit X", "broke".
 * The prose may break lines anywhere.
 */
export function culpritsOfProse(prose: string): Culprit[] {
  const text = evenBlanks(prose);
  const found = new Map<string, Culprit>();
  for (const pattern of PROSE) {
    for (const match of text.matchAll(pattern)) {
      const sha = match[1]?.toLowerCase();
      if (!sha || found.has(sha) || !/\d/.test(sha)) continue;
      found.set(sha, {
        sha,
        subject: quoted(text.slice(match.index + match[0].length, match.index + match[0].length + 200)),
        how: "prose",
      });
    }
  }
  return [...found.values()];
}

const COMMIT = String.raw`(?:the |upstream |mainline |recent |git )?(?:commit(?:[- ]?id)?|patch|change(?:set)?|cset):? \W?([0-9a-f]{7,40})\b`;
const PROSE: readonly RegExp[] = [
  new RegExp(
    String.raw`\b(?:introduced|caused|broken|added|triggered|exposed|created) (?:by|in|with|since) ${COMMIT}`,
    "gi",
  ),
  new RegExp(
    String.raw`\b(?:regression|bug|breakage|problem|issue) (?:from|in|of|since|introduced by|caused by|due to) ${COMMIT}`,
    "gi",
  ),
  new RegExp(
    String.raw`\b(?:since|after|due to|because of|fallout from|fix(?:es)? (?:for|to)?|fixes|fixing) ${COMMIT}`,
    "gi",
  ),
  /\b(?:commit(?:-id)?|changeset):? ([0-9a-f]{7,40})\b(?: \([^)]{0,120}\))?,? (?:has )?(?:broke|introduced|causes|caused|breaks|added a (?:bug|regression)|regress)/gi,
];

/** What a message reverts: `Revert "subject"` in the subject, "This reverts commit <sha>" in the body. */
export function revertsOf(subject: string, body: string): Named[] {
  const title = /^(?:\S+: )?Revert:? ["“](.+)["”]\W*$/i.exec(subject)?.[1];
  const shas = [...body.matchAll(REVERTED)].flatMap((found) => found[1]?.toLowerCase() ?? []);
  if (shas.length > 0)
    return [...new Set(shas)].map((sha, at) => ({ sha, subject: at === 0 ? title : undefined }));
  return title === undefined ? [] : [{ sha: undefined, subject: title }];
}

const REVERTED =
  /\b(?:this )?(?:commit )?(?:partially |effectively )?reverts? (?:the )?(?:upstream |mainline )?(?:git )?commit(?:[- ]?id)?:?\s+\W?([0-9a-f]{7,40})\b/gi;

/** The subject in `("...")`, as far as it is there. */
function quoted(text: string): string | undefined {
  return (
    /^\W{0,3}["“](.{4,180}?)["”]/.exec(text.trim())?.[1] ??
    /^\W{0,3}["“]([^"”]{4,180})$/.exec(text.trim())?.[1]
  );
}
