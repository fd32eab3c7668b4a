/** Bytes of an old text, and what they became in the new one. Each place is the beginning of a line. */
export interface Stretch {
  readonly oldFrom: number;
  readonly oldTo: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** Whether it was only added, or only removed. */
export function isOneSided({ oldFrom, oldTo, newFrom, newTo }: Stretch): boolean {
  return oldFrom === oldTo || newFrom === newTo;
}
