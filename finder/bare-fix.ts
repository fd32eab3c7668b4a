import type { Fix } from "./fix.ts";

/** A fix of which nothing is known yet but its subject and, unless it is empty, its commit's sha. */
export function bareFix(sha: string, subject: string): Fix {
  return {
    sha,
    subject,
    author: undefined,
    date: undefined,
    cves: [],
    introducedBy: [],
    mainline: undefined,
    stable: [],
    packages: [],
    revertedBy: [],
    followUps: [],
    sources: [],
    carriers: [],
    windows: [],
  };
}
