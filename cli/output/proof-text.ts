import type { CrashAnswer } from "../../finder/crash.ts";
import type { Fix } from "../../finder/fix.ts";
import type { Verdict } from "../../finder/verdict.ts";
import { type Paint, sanitize } from "./terminal.ts";

/** With --explain: what the verdicts of a crash's candidates rest on, and the releases with its fix. */
export function crashProofText({ answer, candidates }: CrashAnswer, paint: Paint): string {
  const proven = candidates.filter(({ verdict }) => verdict.proof !== undefined);
  return [
    ...(answer ? ["", paint("cyan", "How the releases are known"), ...releaseProofLines(answer.fix)] : []),
    ...(proven.length > 0 ? ["", paint("cyan", "How it is known that this kernel has a fix")] : []),
    ...proven.flatMap(({ fix, verdict }) => [
      `  ${paint("yellow", fix.sha.slice(0, 12))} ${sanitize(fix.subject)}`,
      ...proofLines(verdict).map((line) => `      ${line}`),
    ]),
  ].join("\n");
}

/** With --explain: what a "fixed" rests on, and how to see it without kfix. */
export function proofLines(verdict: Verdict): string[] {
  const { proof } = verdict;
  if (!proof) return [];
  return [
    `because ${sanitize(proof.detail)}`,
    ...(proof.check === undefined ? [] : [`to see it: ${sanitize(proof.check)}`]),
  ];
}

/** With --explain: the commit and the tag that each release with the fix is known by. */
export function releaseProofLines(fix: Fix): string[] {
  const { mainline } = fix;
  const first = mainline?.rc ?? mainline?.release;
  const ways: readonly (readonly [sha: string, tag: string, how: string])[] = [
    ...(first === undefined ? [] : ([[fix.sha, first, "the commit itself"]] as const)),
    ...fix.stable.map(({ sha, version, how }) => [sha, tagOf(version), HOW[how] ?? how] as const),
  ];
  return ways.flatMap(([sha, tag, how]) => [
    `  ${tag} has it by commit ${sha.slice(0, 12)} (${sanitize(how)})`,
    `      to see it: git merge-base --is-ancestor ${sha} ${sanitize(tag)} && echo yes`,
  ]);
}

/** Words of StableRelease.how that are ours. */
const HOW: Readonly<Record<string, string>> = {
  own: "no mainline commit is known",
  "same-subject": "a guess: same subject and author",
  cve: "a CVE record says so",
};

function tagOf(version: string): string {
  return /^\d/.test(version) ? `v${version}` : version;
}
