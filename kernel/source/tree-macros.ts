import { dirname, join, normalize } from "node:path/posix";
import { ARGUMENT, END, MACRO, type RawFormat } from "./literal.ts";
import { usesPrFmt } from "./print-macros.ts";
import { type MacroLookup, resolveMacros, withPrefix } from "./resolve-macros.ts";
import type { IndexedFile, IndexedMessage } from "./resolved-file.ts";
import type { MessageSite, Prefixes, ScannedFile } from "./scanned-file.ts";

/**
 * Puts the text of macros into the formats of a tree's files: what a file defines itself, then what the headers that
 * it includes define, then what the rest of the tree agrees on.
 */
export class TreeMacros {
  readonly #headers = new Map<string, Header>();
  /** Macros of the whole tree; null: files disagree. */
  readonly #everywhere = new Map<string, RawFormat | null>();

  add(path: string, file: ScannedFile): void {
    const { pr, dev } = file.prefixes;
    if (!path.endsWith(".h")) return;
    if (file.strings.length > 0 || pr !== undefined || dev !== undefined || file.includes.length > 0) {
      this.#headers.set(path, {
        strings: new Map(file.strings),
        prefixes: file.prefixes,
        includes: file.includes,
      });
    }
    for (const [name, text] of file.strings) {
      const known = this.#everywhere.get(name);
      if (known === undefined) this.#everywhere.set(name, text);
      else if (known !== text) this.#everywhere.set(name, null);
    }
  }

  resolve(path: string, file: ScannedFile): IndexedFile {
    if (file.messages.length === 0) return { path, definitions: file.definitions, messages: [] };
    const own = new Map(file.strings);
    const headers = this.#included(path, file.includes);
    const lookup: MacroLookup = (name) =>
      own.get(name) ??
      headers.find((header) => header.strings.has(name))?.strings.get(name) ??
      this.#everywhere.get(name) ??
      undefined;
    const local = headers.filter((header) => header.local);
    const inherited = {
      pr: local.find((header) => header.prefixes.pr !== undefined)?.prefixes.pr,
      dev: local.find((header) => header.prefixes.dev !== undefined)?.prefixes.dev,
    };
    const messages = file.messages.map((site) => resolveSite(site, lookup, inherited));
    return { path, definitions: file.definitions, messages };
  }

  /** The headers beside the file that it includes, and those of include/, two steps deep. */
  #included(path: string, includes: readonly string[], depth = 0): (Header & { readonly local: boolean })[] {
    const found: (Header & { readonly local: boolean })[] = [];
    for (const name of includes) {
      const local = normalize(join(dirname(path), name));
      const place = this.#headers.has(local) ? local : `include/${name}`;
      const header = this.#headers.get(place);
      if (header === undefined) continue;
      found.push({ ...header, local: place === local });
      if (depth < 1 && place === local) found.push(...this.#included(place, header.includes, depth + 1));
    }
    return found;
  }
}

interface Header {
  readonly strings: ReadonlyMap<string, RawFormat>;
  readonly prefixes: Prefixes;
  readonly includes: readonly string[];
}

function resolveSite(site: MessageSite, lookup: MacroLookup, inherited: Prefixes): IndexedMessage {
  const isPr = usesPrFmt(site.macro);
  const isDev = /^_?dev_/.test(site.macro);
  const outer = site.prefix ?? (isPr ? inherited.pr : isDev ? inherited.dev : undefined);
  const { leading, own } = splitLeading(site.format);
  const around = withPrefix(withPrefix(leading + ARGUMENT, site.around), outer);
  const prefix = resolveMacros(around, lookup);
  return {
    line: site.line,
    function: site.function,
    macro: site.macro,
    level: site.level,
    format: resolveMacros(own, lookup),
    prefix: prefix === ARGUMENT ? undefined : prefix,
  };
}

/** `PFX "no memory\n"`: the macros before the text are a prefix as pr_fmt's is. */
function splitLeading(format: RawFormat): { leading: RawFormat; own: RawFormat } {
  const leading = LEADING.exec(format)?.[0] ?? "";
  return leading.length < format.length
    ? { leading, own: format.slice(leading.length) }
    : { leading: "", own: format };
}

const LEADING = new RegExp(`^(?:${MACRO}\\w{1,200}${END})+`);
