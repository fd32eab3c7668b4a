import type { MessageWord } from "../cache/message-words.ts";
import type { StoredMessage } from "../cache/tree-reader.ts";
import { architectureFilter, architectureOfPath } from "../kernel/source/architectures.ts";
import { wordsOfText } from "../kernel/source/format.ts";
import { solidLength } from "../kernel/source/match.ts";
import { nearness, originOf, withoutDrm } from "./line-origin.ts";
import { MessageCandidates } from "./message-candidates.ts";
import { assembleLine } from "./message-chain.ts";
import { cleanLine } from "./message-line.ts";
import { ObservedLine } from "./observed-line.ts";

/** A place that prints a line, best first. */
export interface MessageMatch {
  readonly path: string;
  readonly line: number;
  readonly function: string | undefined;
  readonly macro: string;
  readonly level: string | undefined;
  /** As the source has it, macros resolved. */
  readonly format: string;
  /** The folder under arch/ that the place belongs to; undefined: everyone's. */
  readonly arch: string | undefined;
  /** 0 to 1: how much of the line the format accounts for. */
  readonly score: number;
  /** The calls that print the line together; one, when a single call prints all of it. */
  readonly pieces: readonly MessagePiece[];
}

/** A part of the line, and the call that prints it. */
export interface MessagePiece {
  readonly line: number;
  readonly macro: string;
  readonly format: string;
  /** What of the observed line it printed. */
  readonly text: string;
}

/** What messages are looked up in: an indexed tree, or files that were scanned for the purpose. */
export interface MessageStore {
  /** What is known of a word (in lower case); undefined: no message has it. */
  messageWord(word: string): MessageWord | undefined;
  /** The ids of the messages whose format has a word (in lower case), in order. */
  messagesWith(word: string): Uint32Array;
  /** How many messages there are; their ids are from 1 to it. */
  readonly messageCount: number;
  /** How many words the shortest line of each message has, by id. */
  need(): Uint8Array;
  message(id: number): StoredMessage | undefined;
}

/**
 * Who prints a line: the places whose format, alone or with those that follow it in the function, makes the line.
 * Ordered by how much of the line their own text accounts for; of those that are nearly equal, the one first that the
 * line itself names.
 */
export function findMessages(
  tree: MessageStore,
  observed: string,
  options: { readonly architectures: readonly string[]; readonly limit: number },
): MessageMatch[] {
  const whole = cleanLine(observed);
  const text = withoutDrm(whole);
  const found = placesOf(tree, text, whole, options);
  return found.length > 0 || text === whole ? found : placesOf(tree, whole, whole, options);
}

function placesOf(
  tree: MessageStore,
  text: string,
  whole: string,
  options: { readonly architectures: readonly string[]; readonly limit: number },
): MessageMatch[] {
  if (text === "") return [];
  const belongs = architectureFilter(options.architectures);
  const candidates = new MessageCandidates(tree, wordsOfText(text));
  const line = new ObservedLine(text);
  const found = new Map<string, Found>();
  const look = (ids: readonly number[]): void => {
    for (const id of ids) {
      for (const match of assembleLine(tree, id, line)) {
        const message = match.first;
        if (!belongs(message.path)) continue;
        const key = `${message.path}:${message.line}:${message.format}`;
        const known = found.get(key);
        if (known === undefined || known.weight < match.weight) found.set(key, { ...match, message });
      }
    }
  };
  look(candidates.whole());
  if (found.size === 0) look(candidates.part());
  const solid = solidLength(text);
  return inOrder([...found.values()], whole)
    .slice(0, options.limit)
    .map(({ message, weight, pieces }) => ({
      path: message.path,
      line: message.line,
      function: message.function,
      macro: message.macro,
      level: message.level,
      format: message.format,
      arch: architectureOfPath(message.path),
      score: Math.max(0, Math.min(1, Math.round((weight / solid) * 1000) / 1000)),
      pieces,
    }));
}

interface Found {
  readonly message: StoredMessage;
  readonly weight: number;
  readonly pieces: readonly MessagePiece[];
}

/** The best first; what the line says of itself is looked at where there is a choice. */
function inOrder(found: readonly Found[], line: string): readonly Found[] {
  if (found.length < 2) return found;
  const origin = originOf(line);
  return found
    .map((one) => ({ ...one, rank: rankOf(one.weight, nearness(origin, one.message)) }))
    .sort(
      (a, b) =>
        b.rank - a.rank || foreignness(a.message) - foreignness(b.message) || order(a.message, b.message),
    );
}

/** What the line says of itself decides between places that fit nearly alike; it makes no good fit of a poor one. */
function rankOf(weight: number, near: number): number {
  return weight + near * Math.min(1, weight / POOR_FIT);
}

/** In signs of text. */
const POOR_FIT = 6;

/** Of equals, the code that every architecture runs comes first, then the commonest architectures'. */
function foreignness(message: StoredMessage): number {
  const folder = architectureOfPath(message.path);
  if (folder === undefined) return 0;
  const at = ["x86", "arm64", "powerpc", "s390", "arm", "riscv"].indexOf(folder);
  return at === -1 ? 9 : at + 1;
}

function order(a: StoredMessage, b: StoredMessage): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line;
}
