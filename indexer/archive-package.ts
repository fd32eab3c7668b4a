import { KfixError } from "../kernel/error.ts";
import { memberOfPackage } from "./archive-ar.ts";
import { openArchive, readFileBytes } from "./archive-stream.ts";
import { TarParser } from "./archive-tar.ts";
import { limitsFrom, withinLimit } from "./archive-unpack.ts";

type Bytes = AsyncIterable<Uint8Array>;

/**
 * The bytes of one file that a Debian package installs: the first whose path in data.tar fits `wanted` (deb(5)). Nothing
 * is unpacked, so that no other entry matters, whatever it says.
 *
 * Throws `bad-input` for what is no package, is damaged or cut short, unpacks to more than it may, or, as `missing` says,
 * has no such file.
 */
export async function* fileOfPackage(
  file: string,
  wanted: RegExp,
  missing: { readonly message: string; readonly hint: string },
): AsyncGenerator<Uint8Array> {
  const { bytes: most } = limitsFrom(process.env);
  const data = withinLimit(openArchive(memberOfPackage(readFileBytes(file), "data.tar")), most);
  const found = yield* memberOfTar(data, wanted);
  if (!found) throw new KfixError("bad-input", missing.message, { hint: missing.hint });
}

/** The bytes of the first file of a tar stream whose path fits; returns whether there is one. */
async function* memberOfTar(bytes: Bytes, wanted: RegExp): AsyncGenerator<Uint8Array, boolean> {
  let found = false;
  let whole = false;
  const pieces: Uint8Array[] = [];
  const parser = new TarParser({
    entry: (entry) => {
      const fits = !found && entry.type === "file" && wanted.test(entry.path);
      found ||= fits;
      return fits;
    },
    data: (piece) => pieces.push(Buffer.from(piece)),
    end: () => {
      whole = true;
    },
  });
  for await (const piece of bytes) {
    parser.push(piece);
    yield* pieces.splice(0);
    if (whole) return true;
  }
  parser.close();
  return false;
}
