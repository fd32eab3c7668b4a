/** One name for a machine that some logs call `web1` and others `web1.example.com`. */

/**
 * From the names in all logs to a function that gives the fuller one. A short name that could be of two machines
 * (`web1.a` and `web1.b`) stays what it is.
 */
export function fullNames(names: Iterable<string>): (name: string) => string {
  const all = new Set(names);
  const full = new Map<string, Set<string>>();
  for (const name of all) {
    const dot = name.indexOf(".");
    if (dot <= 0 || ADDRESS.test(name)) continue;
    const short = name.slice(0, dot);
    if (all.has(short)) full.set(short, (full.get(short) ?? new Set()).add(name));
  }
  return (name) => {
    const [only, ...others] = full.get(name) ?? [];
    return only === undefined || others.length > 0 ? name : only;
  };
}

/** The first number of an address is no machine's name. */
const ADDRESS = /^[\d.]+$/;
