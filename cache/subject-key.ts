import { normaliseSubject } from "../kernel/commit/subject.ts";

/**
 * A 32-bit hash of the normalised subject (FNV-1a), to find commits by subject with a small index.
 * Two subjects may share a key: compare the subjects of what is found.
 */
export function subjectKey(subject: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(normaliseSubject(subject), "utf8")) {
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return hash >>> 0;
}
