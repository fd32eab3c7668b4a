/** Cases are cross-validated in so many parts: what is learned or fitted for a case never saw its part. */
export const FOLDS = 5;

/** The part of a case, from its id. */
export function foldOf(id: string): number {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0;
  return (sum >>> 3) % FOLDS;
}

/** Training keeps so many of a case's most promising candidates, and only some of the others. */
export const SURE = 50;
