import {
  closeSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join, normalize } from "node:path/posix";
import { explainRefusal, hasCode } from "../cache/refusal.ts";
import { KfixError } from "../kernel/error.ts";
import { type TarEntry, type TarHandler, TarParser } from "./archive-tar.ts";

/** What an archive may be unless told (docs/security.md); a kernel of 2024 has 90,000 files and 1.5 GB. */
export const LIMITS = {
  entries: 500_000,
  bytes: 8 * 2 ** 30,
  bytesOfFile: 512 * 2 ** 20,
  pathLength: 1024,
} as const;

export type Limits = Readonly<Record<keyof typeof LIMITS, number>>;

/**
 * The limits as `KFIX_UNPACK_LIMITS` moves them: `entries=1000000,bytes=20G,bytesOfFile=2G,pathLength=4096`, any of them.
 *
 * Throws `usage` for anything else.
 */
export function limitsFrom(env: NodeJS.ProcessEnv): Limits {
  const limits: Record<keyof typeof LIMITS, number> = { ...LIMITS };
  for (const setting of (env.KFIX_UNPACK_LIMITS ?? "").split(",").filter((one) => one.trim() !== "")) {
    const found = /^\s*(\w+)=(\d{1,15})([KMG]?)\s*$/.exec(setting);
    const name = NAMES.find((one) => one === found?.[1]);
    if (!found || !name) {
      throw new KfixError("usage", `KFIX_UNPACK_LIMITS cannot be read: ${setting}`, {
        hint: `it takes ${NAMES.join(", ")}, as in: KFIX_UNPACK_LIMITS=bytes=20G,entries=1000000`,
      });
    }
    limits[name] = Number(found[2]) * 1024 ** ["", "K", "M", "G"].indexOf(found[3] ?? "");
  }
  return limits;
}

const NAMES = ["entries", "bytes", "bytesOfFile", "pathLength"] as const;

/** A stream that ends with an error when it becomes longer than an archive may unpack to: a bomb need not hold files. */
export async function* withinLimit(
  bytes: AsyncIterable<Uint8Array>,
  most: number,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const piece of bytes) {
    total += piece.length;
    if (total > most) throw tooLarge(`more than ${sizeText(most)}`);
    yield piece;
  }
}

/**
 * Unpacks a tar stream into an empty folder of ours. Archives are not trusted: absolute paths, `..`, links that lead
 * out, files behind a link, devices, and more than LIMITS are refused; then what was unpacked is the caller's to
 * remove.
 *
 * `belongs` says of a path inside of the archive whether it is wanted; a folder that holds everything else
 * (`linux-6.1/`) may stand before it.
 */
export async function unpackTar(
  bytes: AsyncIterable<Uint8Array>,
  folder: string,
  options: {
    readonly belongs: (path: string) => boolean;
    readonly onFile?: () => void;
    readonly limits?: Limits;
  },
): Promise<void> {
  const limits = options.limits ?? limitsFrom(process.env);
  const unpacker = new Unpacker(folder, { ...options, limits });
  const parser = new TarParser(unpacker);
  try {
    // headers and padding come on top of the files
    const most = limits.bytes + limits.entries * 1024;
    for await (const piece of withinLimit(bytes, most)) parser.push(piece);
    parser.close();
  } catch (cause) {
    throw explainRefusal(cause, folder);
  } finally {
    unpacker.close();
  }
}

class Unpacker implements TarHandler {
  readonly #folder: string;
  readonly #belongs: (path: string) => boolean;
  readonly #onFile: () => void;
  readonly #limits: Limits;
  readonly #made = new Set<string>([""]);
  readonly #links = new Set<string>();
  #file: number | undefined;
  #entries = 0;
  #bytes = 0;

  constructor(
    folder: string,
    options: {
      belongs: (path: string) => boolean;
      onFile?: () => void;
      limits: Limits;
    },
  ) {
    this.#folder = folder;
    this.#belongs = options.belongs;
    this.#onFile = options.onFile ?? (() => {});
    this.#limits = options.limits;
  }

  entry(entry: TarEntry): boolean {
    this.#count(entry);
    const path = safePath(entry.path, this.#limits.pathLength);
    if (path === "" || !this.#isWanted(entry.type === "folder" ? `${path}/` : path)) return false;
    this.#refuseBehindLink(path);
    if (entry.type === "folder") this.#makeFolder(path);
    else if (entry.type === "link") this.#makeLink(path, entry.target);
    else if (entry.type === "hard-link") this.#makeHardLink(path, entry.target);
    else if (entry.type === "file") {
      this.#makeFolder(parentOf(path));
      this.#file = this.#create(path, entry.executable);
      return true;
    } else throw refused(`it has a device or another special file: ${entry.path}`);
    return false;
  }

  data(piece: Uint8Array): void {
    if (this.#file === undefined) return;
    for (let at = 0; at < piece.length; ) at += writeSync(this.#file, piece, at);
  }

  end(): void {
    this.close();
    this.#onFile();
  }

  close(): void {
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  #count(entry: TarEntry): void {
    const limits = this.#limits;
    const size = entry.type === "file" ? entry.size : 0;
    this.#bytes += size;
    if (++this.#entries > limits.entries)
      throw tooLarge(`more than ${limits.entries.toLocaleString("en")} files`);
    if (size > limits.bytesOfFile) throw tooLarge(`a file of ${sizeText(size)} (${entry.path})`);
    if (this.#bytes > limits.bytes) throw tooLarge(`more than ${sizeText(limits.bytes)}`);
  }

  #isWanted(path: string): boolean {
    const slash = path.indexOf("/");
    return this.#belongs(path) && (slash === -1 || this.#belongs(path.slice(slash + 1)));
  }

  /** Nothing is ever written through a link of the archive's own. */
  #refuseBehindLink(whole: string): void {
    if (this.#links.size === 0) return;
    const path = sameOnDisk(whole);
    for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1))
      if (this.#links.has(path.slice(0, at))) throw refused(`a file lies behind a link: ${path}`);
  }

  #makeFolder(path: string): void {
    if (this.#made.has(path)) return;
    this.#makeFolder(parentOf(path));
    mkdirSync(join(this.#folder, path), { recursive: true, mode: 0o755 });
    this.#made.add(path);
  }

  #create(path: string, executable: boolean): number {
    const place = join(this.#folder, path);
    const open = (): number => openSync(place, "wx", executable ? 0o755 : 0o644);
    try {
      return open();
    } catch (cause) {
      if (!hasCode(cause, "EEXIST")) throw cause;
      rmSync(place); // the later of two entries counts
      return open();
    }
  }

  #makeLink(path: string, target: string): void {
    const leads = normalize(join(parentOf(path), target));
    if (target === "" || target.startsWith("/") || leads === ".." || leads.startsWith("../"))
      throw refused(`a link leads out of it: ${path} -> ${target}`);
    this.#makeFolder(parentOf(path));
    const place = join(this.#folder, path);
    if (existsLink(place)) rmSync(place, { recursive: true });
    symlinkSync(target, place);
    this.#links.add(sameOnDisk(path));
  }

  #makeHardLink(path: string, target: string): void {
    const leads = safePath(target, this.#limits.pathLength);
    this.#refuseBehindLink(leads);
    const from = join(this.#folder, leads);
    if (this.#links.has(sameOnDisk(leads))) throw refused(`a link leads to a link: ${path} -> ${target}`);
    if (!existsSync(from)) return; // its file was not wanted
    this.#makeFolder(parentOf(path));
    const place = join(this.#folder, path);
    if (existsLink(place)) rmSync(place);
    linkSync(from, place);
  }
}

/** Where file systems fold case and forms of letters (macOS, Windows), these are one path. */
function sameOnDisk(path: string): string {
  return path.normalize("NFC").toLowerCase();
}

/** A path of an archive, made plain. Throws `bad-input` for one that leads out. */
export function safePath(path: string, longest: number = LIMITS.pathLength): string {
  if (path.length > longest) throw refused(`a path is longer than ${longest} signs`);
  if (path.startsWith("/")) throw refused(`a path is absolute: ${path}`);
  if (path.includes("\0")) throw refused("a path has a zero byte");
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.includes("..")) throw refused(`a path leads out of it: ${path}`);
  return parts.join("/");
}

function parentOf(path: string): string {
  const parent = dirname(path);
  return parent === "." ? "" : parent;
}

function existsLink(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}

function refused(why: string): KfixError {
  return new KfixError("bad-input", `the archive is refused: ${why}`, {
    hint: "kernel archives have no such entries: do not trust where this one came from",
  });
}

function tooLarge(what: string): KfixError {
  return new KfixError("bad-input", `the archive is refused: it unpacks to ${what}`, {
    hint: "no kernel is that large; if you trust it, unpack it yourself and add the folder, or raise KFIX_UNPACK_LIMITS",
  });
}

function sizeText(bytes: number): string {
  return bytes >= 2 ** 30 ? `${(bytes / 2 ** 30).toFixed(1)} GiB` : `${Math.round(bytes / 2 ** 20)} MiB`;
}
