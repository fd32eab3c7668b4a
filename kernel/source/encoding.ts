/**
 * Text of a kernel tree that was read a character a byte: UTF-8, as the kernel's files are today, or else Latin-1, as some
 * of them were.
 */
export function textOfBytes(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes;
  const text = Buffer.from(bytes, "latin1").toString("utf8");
  return text.includes("\ufffd") ? bytes : text;
}
