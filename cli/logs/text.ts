/** The text of a log: decompressed, decoded, a piece at a time. */
import { decompress, peek } from "../../indexer/decompress.ts";
import { KfixError } from "../../kernel/error.ts";

/** A file that is no log, told by its first bytes. */
interface Foreign {
  readonly magic: string;
  readonly is: string;
  readonly hint: string;
}

const FOREIGN: readonly Foreign[] = [
  ...["KDUMP   ", "DISKDUMP", "makedumpfile", "\x7fELF"].map((magic) => ({
    magic,
    is: "a memory dump or a program, no log",
    hint: "take the log out of the dump: makedumpfile --dump-dmesg vmcore dmesg.txt",
  })),
  {
    magic: "LPKSHHRH",
    is: "a journal file, no text",
    hint: "let journalctl read it: journalctl -k --file FILE | kfix crash",
  },
];
const LONGEST_MAGIC = Math.max(...FOREIGN.map(({ magic }) => magic.length));

/**
 * The text of a file's or a stream's bytes. Throws `bad-input` for damaged compression, and for what is no log where
 * the user `named` it; found in a folder, that is passed over.
 */
export async function* logText(bytes: AsyncIterable<Uint8Array>, named: boolean): AsyncGenerator<string> {
  const { head, all } = await peek(decompress(bytes), LONGEST_MAGIC);
  const start = Buffer.from(head).toString("latin1");
  const foreign = FOREIGN.find(({ magic }) => start.startsWith(magic));
  if (foreign !== undefined && !named) return;
  if (foreign !== undefined) throw new KfixError("bad-input", `it is ${foreign.is}`, { hint: foreign.hint });
  const decoder = new TextDecoder(encodingOf(head));
  for await (const piece of all) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

/** Windows shells redirect into UTF-16 with a byte order mark; everything else is UTF-8, or near enough. */
function encodingOf(head: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le";
  return head[0] === 0xfe && head[1] === 0xff ? "utf-16be" : "utf-8";
}
