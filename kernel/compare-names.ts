/** Orders names as people do, `host-2` before `host-10`. */
export function compareNames(one: string, other: string): number {
  // made when first used: it takes longer to load than most of a look-up
  names ??= new Intl.Collator("en", { numeric: true });
  return names.compare(one, other);
}

let names: Intl.Collator | undefined;
