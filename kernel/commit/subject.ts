/**
 * A subject in the form in which two spellings of it are the same: lower case, one blank between words, without
 * `[PATCH 2/3]`, without a tree's mark (`UPSTREAM:`), quotes around it and dots behind it.
 */
export function normaliseSubject(subject: string): string {
  if (subject.length <= MAX_SUBJECT && NORMAL_BUT_CAPITALS.test(subject)) return subject.toLowerCase();
  const lower = subject.slice(0, MAX_SUBJECT).toLowerCase();
  const even = evenBlanks(lower).trim();
  const bare = isPlain(even) ? even : even.replace(/^["'“”‘’]+|["'“”‘’.]+$/g, "");
  return MAY_BE_MARKED.test(bare) ? bare.replace(TREE_MARK, "").trim() : bare.trim();
}

/** Nearly all are of one ASCII word and blank after the other, from a letter or a digit to another, without a mark. */
const NORMAL_BUT_CAPITALS = /^(?!upstream:|backport:|from)[a-z0-9](?:[!-~]*(?: [!-~]+)*[a-z0-9])?$/i;

/** Most subjects begin and end with a letter or a digit: nothing is to be taken off. */
function isPlain(subject: string): boolean {
  return isAlphanumeric(subject.charCodeAt(0)) && isAlphanumeric(subject.charCodeAt(subject.length - 1));
}

function isAlphanumeric(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
}

/** Android's marks (source.android.com, "Kernel contribution") and the ones of mail. */
const TREE_MARK =
  /^(?:(?:upstream|backport|fromgit|fromlist|from-list):\s*|\[(?:patch|rfc|stable|upstream|backport|[\d.]+y?)[^\]]{0,40}\]\s*)+/;
const MAY_BE_MARKED = /^[[ubf]/;
const MAX_SUBJECT = 1000;

/** A text with one blank between words; those that stand alone, as nearly all do, are left as they are. */
export function evenBlanks(text: string): string {
  return text.replace(UNEVEN, " ");
}

const UNEVEN = /\s\s+|[^\S ]/g;
