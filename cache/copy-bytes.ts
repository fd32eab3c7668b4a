/** Copies a few bytes of one array into another: `Buffer.copy` makes a view first, which takes longer than to copy a name. */
export function copyBytes(from: Uint8Array, start: number, end: number, into: Uint8Array, at: number): void {
  const shift = at - start;
  for (let next = start; next < end; next++) into[next + shift] = from[next] ?? 0;
}
