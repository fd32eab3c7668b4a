/** The half-open range of 20-byte keys that begin with a hexadecimal prefix; undefined when it is none. */
export function shaRange(prefix: string): [Buffer, Buffer] | undefined {
  if (!/^[0-9a-f]{4,40}$/i.test(prefix)) return undefined;
  const from = Buffer.from(prefix.padEnd(40, "0"), "hex");
  const to = Buffer.from(prefix.padEnd(40, "f"), "hex");
  return [from, Buffer.concat([to, Buffer.from([0])])]; // just behind the last key of 20 bytes
}
