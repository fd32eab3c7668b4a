import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { hasCode } from "../cache/refusal.ts";
import { KfixError } from "../kernel/error.ts";
import { fileOfPackage } from "./archive-package.ts";
import { openArchive, readFileBytes } from "./archive-stream.ts";
import { safePath } from "./archive-unpack.ts";

type Bytes = AsyncIterable<Uint8Array>;

/** A tar stream with the source, and where in the tree it goes. */
export interface TarSource {
  readonly open: () => Bytes;
  /** Empty: the tree's own root; `debian`: beside the source. */
  readonly what: "source" | "packaging";
}

/** True for a file name that `tarSources` can open. */
export function isArchiveName(name: string): boolean {
  return /\.(?:tar|tar\.(?:gz|xz|bz2|zst)|tgz|txz|tbz2?|deb|dsc)$/i.test(name);
}

/**
 * What has to be unpacked for an archive: a tarball, a Debian package that holds one (linux-source-6.1), or the
 * original and the debian tarball of a source package.
 */
export function tarSources(file: string): TarSource[] {
  if (/\.dsc$/i.test(file)) return sourcePackage(file);
  if (/\.deb$/i.test(file)) return [{ open: () => tarOfPackage(file), what: "source" }];
  return [{ open: () => openArchive(readFileBytes(file)), what: "source" }];
}

/** The tarball inside of a linux-source package: data.tar holds usr/src/linux-source-6.1.tar.xz (deb(5)). */
function tarOfPackage(file: string): AsyncGenerator<Uint8Array> {
  return openArchive(
    fileOfPackage(file, TARBALL, {
      message: "the package holds no kernel source (usr/src/linux-source-*.tar.*)",
      hint: "take a linux-source package; those of linux-image hold no source",
    }),
  );
}

const TARBALL = /^(?:\.\/)?usr\/src\/linux-source-[\w.+~-]+\.tar\.(?:xz|bz2|gz|zst)$/;

/** The tarballs that a .dsc names (deb-src-control(5), "Files"): they lie beside it. */
function sourcePackage(file: string): TarSource[] {
  const text = readFileSync(file, "utf8").slice(0, 1_000_000);
  const names = [...text.matchAll(/^ [0-9a-f]{32} \d{1,15} ([\w.+~-]{1,200})$/gm)].map(
    (match) => match[1] ?? "",
  );
  const original = names.find((name) => /\.orig\.tar\.\w+$/.test(name));
  const packaging = names.find((name) => /\.debian\.tar\.\w+$/.test(name));
  if (original === undefined)
    throw new KfixError("bad-input", `${file} names no .orig.tar`, { hint: "is it the .dsc of a kernel?" });
  const open = (name: string) => () => openArchive(readFileBytes(besideOf(file, name)));
  return [
    { open: open(original), what: "source" },
    ...(packaging === undefined ? [] : [{ open: open(packaging), what: "packaging" as const }]),
  ];
}

function besideOf(file: string, name: string): string {
  const place = join(dirname(resolve(file)), safePath(name));
  if (statSync(place, { throwIfNoEntry: false })?.isFile()) return place;
  throw new KfixError("bad-input", `${place} is missing; the .dsc names it`, {
    hint: "fetch the whole source package: apt-get source --download-only linux",
  });
}

/** Fetches a package with apt-get into a folder of its own; `remove` clears it away. */
export function downloadPackage(name: string): { file: string; remove: () => void } {
  if (!/^[a-z0-9][a-z0-9.+-]{1,100}$/.test(name))
    throw new KfixError("usage", `${name} is no name of a Debian package`);
  const folder = mkdtempSync(join(tmpdir(), "kfix-"));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const { status, stderr, error } = spawnSync("apt-get", ["download", "--", name], {
    cwd: folder,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const file = readdirSync(folder).find((one) => one.endsWith(".deb"));
  if (error === undefined && status === 0 && file !== undefined) return { file: join(folder, file), remove };
  remove();
  const missing = hasCode(error, "ENOENT");
  throw new KfixError(
    "environment",
    missing
      ? "apt-get was not found"
      : `apt-get download ${name} failed: ${(stderr ?? "").trim().split("\n")[0]}`,
    {
      hint: missing
        ? "fetch the .deb elsewhere and add the file"
        : "see which there are with: apt-cache search linux-source",
    },
  );
}
