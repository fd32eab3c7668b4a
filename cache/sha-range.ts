/**
 * Shas of commits are indexed by their first four bytes: five bytes of index a commit instead of twenty-five, and
 * hardly ever two commits for one key. What asks for shas must name both (sqlite.org/expridx.html).
 *
 * The condition for one sha; takes it twice.
 */
export const IS_SHA = "substr(sha, 1, 4) = substr(?, 1, 4) and sha = ?";

/** The condition for the shas of a `shaRange`; takes its bounds twice. */
export const IN_SHA_RANGE =
  "substr(sha, 1, 4) between substr(?, 1, 4) and substr(?, 1, 4) and sha >= ? and sha < ?";

/** The half-open range of 20-byte keys that begin with a hexadecimal prefix; undefined when it is none. */
export function shaRange(prefix: string): [Buffer, Buffer] | undefined {
  if (!/^[0-9a-f]{4,40}$/i.test(prefix)) return undefined;
  const from = Buffer.from(prefix.padEnd(40, "0"), "hex");
  const to = Buffer.from(prefix.padEnd(40, "f"), "hex");
  return [from, Buffer.concat([to, Buffer.from([0])])]; // just behind the last key of 20 bytes
}
