/**
 * Things by names, each made when it is first asked for: a look-up asks few of the questions that an index can answer, and
 * SQLite takes as long to prepare one as to answer it.
 */
export function whenAsked<Makers extends Record<string, () => unknown>>(
  makers: Makers,
): { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> } {
  const made = {};
  for (const [name, make] of Object.entries(makers))
    Object.defineProperty(made, name, {
      configurable: true,
      get() {
        const value = make();
        Object.defineProperty(made, name, { value });
        return value;
      },
    });
  return made as { readonly [Name in keyof Makers]: ReturnType<Makers[Name]> };
}
