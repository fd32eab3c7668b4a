import { originsOf } from "./origin.ts";

/** What the text above a patch says of it. */
export interface PatchHeader {
  readonly subject: string;
  /** The upstream commit that it names, perhaps short. */
  readonly upstream: string | undefined;
}

/**
 * Reads the header of a patch of a queue: a mail (`Subject:`, also folded), a Debian patch (`Description:`, DEP-3), a
 * SUSE patch (`Git-commit:`), a git patch (`From <sha> Mon Sep 17 00:00:00 2001`). Undefined when it has no subject.
 */
export function readPatchHeader(text: string): PatchHeader | undefined {
  const end = /^(?:diff |--- |Index: |\+\+\+ )/m.exec(text)?.index ?? text.length;
  const header = text.slice(0, Math.min(end, LONGEST_HEADER)).replaceAll("\r\n", "\n");
  const folded = /^(?:Subject|Description): *([^\n]{0,500}(?:\n[ \t]+[^\n]{1,300}){0,4})/im.exec(header)?.[1];
  if (folded === undefined) return undefined;
  const mail = /^Subject:/im.test(header);
  const subject = (mail ? folded.replace(/\n[ \t]+/g, " ") : (folded.split("\n")[0] ?? ""))
    .replace(/^(?:\[[^\]]{0,60}\] *)+/, "")
    .trim();
  if (subject === "") return undefined;
  const named = /^(?:Git-commit|Origin):[^\n]{0,300}?\b([0-9a-f]{12,40})\b/im.exec(header)?.[1];
  return { subject, upstream: named?.toLowerCase() ?? originsOf(header.split("\n"))[0]?.sha };
}

const LONGEST_HEADER = 64_000;
