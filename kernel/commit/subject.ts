/**
 * A subject in the form in which two spellings of it are the same: lower case, one blank between words, without
 * `[PATCH 2/3]`, without a tree's mark (`UPSTREAM:`), quotes around it and dots behind it.
 */
export function normaliseSubject(subject: string): string {
  const lower = subject.slice(0, MAX_SUBJECT).toLowerCase();
  return (UNEVEN.test(lower) ? lower.replace(/\s+/g, " ") : lower)
    .trim()
    .replace(/^["'“”‘’]+|["'“”‘’.]+$/g, "")
    .replace(TREE_MARK, "")
    .trim();
}

/** Android's marks (source.android.com, "Kernel contribution") and the ones of mail. */
const TREE_MARK =
  /^(?:(?:upstream|backport|fromgit|fromlist|from-list):\s*|\[(?:patch|rfc|stable|upstream|backport|[\d.]+y?)[^\]]{0,40}\]\s*)+/;
/** Other than by one blank between words. */
const UNEVEN = /\s\s|[^\S ]/;
const MAX_SUBJECT = 1000;
