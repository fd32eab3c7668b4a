/**
 * What was looked up before. The index does not change while it is open, and the questions of a batch ask for the same
 * commits again and again; a long batch begins anew now and then, as not to hold the whole index.
 */
export function remembered<Key, Value>(
  known: Map<Key, Value>,
  id: Key,
  look: () => Value,
  most = MOST_REMEMBERED,
): Value {
  const before = known.get(id);
  if (before !== undefined) return before;
  if (known.size >= most) known.clear();
  const value = look();
  known.set(id, value);
  return value;
}

/** A commit that goes through the whole tree names thousands of files by itself. */
const MOST_REMEMBERED = 20_000;
