/** Whether what stands in `bytes` from `start` to `end` begins with a text of ASCII. */
export function beginsWith(bytes: Buffer, start: number, end: number, text: string): boolean {
  return start + text.length <= end && bytes.toString("latin1", start, start + text.length) === text;
}
