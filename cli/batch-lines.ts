/**
 * The lines of JSON Lines, which a line feed ends and nothing else: JSON may have U+2028 in its texts as it is (RFC 8259).
 * A line of more than `longest` characters is passed over in constant memory, and given as undefined.
 */
export async function* batchLines(
  stream: AsyncIterable<string | Uint8Array>,
  longest: number,
): AsyncGenerator<string | undefined> {
  const decoder = new TextDecoder();
  let pieces: string[] = [];
  let length = 0;
  const add = (piece: string): void => {
    length += piece.length;
    if (length > longest) pieces = [];
    else pieces.push(piece);
  };
  const line = (): string | undefined => {
    const whole = length > longest ? undefined : pieces.join("");
    pieces = [];
    length = 0;
    return whole;
  };
  for await (const bytes of stream) {
    const text = typeof bytes === "string" ? bytes : decoder.decode(bytes, { stream: true });
    let from = 0;
    for (let to = text.indexOf("\n"); to >= 0; to = text.indexOf("\n", from)) {
      add(text.slice(from, to));
      yield line();
      from = to + 1;
    }
    if (from < text.length) add(text.slice(from));
  }
  add(decoder.decode());
  if (length > 0) yield line();
}
