import { normaliseSubject } from "../kernel/commit/subject.ts";

/**
 * A 32-bit hash of the normalised subject (FNV-1a), to find commits by subject with a small index.
 * Two subjects may share a key: compare the subjects of what is found.
 */
export function subjectKey(subject: string): number {
  const text = normaliseSubject(subject);
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 0x7f) return hashOfBytes(Buffer.from(text, "utf8"));
    hash = Math.imul(hash ^ code, 0x01000193);
  }
  return hash >>> 0;
}

function hashOfBytes(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
