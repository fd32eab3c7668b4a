import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { KfixError } from "../kernel/error.ts";
import { fileOfPackage } from "./archive-package.ts";
import { explainArchive } from "./archive-stream.ts";
import { limitsFrom, withinLimit } from "./archive-unpack.ts";
import { decompress } from "./decompress.ts";

/**
 * The text of a kernel package's changelog: of a file, compressed or not, of a Debian package that holds one, or of a
 * folder (a package's unpacked documentation, or a source tree with `debian/changelog`).
 *
 * Throws `bad-input` when there is none.
 */
export async function readChangelog(path: string): Promise<string> {
  if (!existsSync(path)) {
    throw new KfixError("bad-input", `${path} does not exist`, { hint: WHAT_TO_GIVE });
  }
  const file = statSync(path).isDirectory() ? findInFolder(path) : path;
  if (file === undefined) {
    throw new KfixError("bad-input", `${path} has no changelog of a package`, { hint: WHAT_TO_GIVE });
  }
  return explainArchive(file, async () =>
    (await isDebianPackage(file)) ? readFromPackage(file) : textOf(decompress(createReadStream(file))),
  );
}

const WHAT_TO_GIVE =
  "give a changelog.Debian.gz, a Debian package, a source tree, or what rpm -q --changelog kernel printed";

/** Where packages keep their changelog, the source's own first (Debian Policy 12.7). */
function findInFolder(folder: string): string | undefined {
  for (const name of [
    "debian/changelog",
    "changelog.Debian.gz",
    "changelog.Debian",
    "changelog.gz",
    "changelog",
  ]) {
    if (existsSync(join(folder, name))) return join(folder, name);
  }
  const docs = join(folder, "usr/share/doc");
  if (!existsSync(docs)) return undefined;
  return readdirSync(docs)
    .filter((name) => name.startsWith("linux-"))
    .map((name) => join(docs, name, "changelog.Debian.gz"))
    .find((file) => existsSync(file));
}

async function isDebianPackage(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(AR_MAGIC.length), 0, AR_MAGIC.length, 0);
    return bytesRead === AR_MAGIC.length && buffer.toString("latin1") === AR_MAGIC;
  } finally {
    await handle.close();
  }
}

/** Where a package keeps the changelog of its source (Debian Policy 12.7). */
const IN_PACKAGE = /^\.?\/?usr\/share\/doc\/[^/]+\/changelog(?:\.Debian)?\.gz$/;

function readFromPackage(file: string): Promise<string> {
  return textOf(
    decompress(
      fileOfPackage(file, IN_PACKAGE, {
        message: "it has no changelog",
        hint: "linux-image, linux-doc and linux-source packages have one; some only link to another package's",
      }),
    ),
  );
}

const AR_MAGIC = "!<arch>\n";

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  const most = Math.min(LARGEST, limitsFrom(process.env).bytesOfFile);
  for await (const chunk of withinLimit(bytes, most)) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** A text of twice that is more than V8 can hold; the changelogs of kernels have some megabytes. */
const LARGEST = 256 << 20;
