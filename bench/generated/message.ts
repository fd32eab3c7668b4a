import {
  ACTIONS,
  ADJECTIVES,
  AREAS,
  CRASHES,
  NAMES,
  NOUNS,
  OBJECTS,
  PREFIXES,
  SENTENCES,
  SUBJECTS,
  SURNAMES,
} from "./words.ts";

/** A commit's words, made from its number alone: whoever needs them again makes them again. */
export interface GeneratedMessage {
  readonly subject: string;
  /** Prose and, now and then, a crash; without trailers. */
  readonly body: string;
  readonly author: string;
  /** It calls itself a fix. */
  readonly isFix: boolean;
}

/** The message of the mainline commit with this number; the same number gives the same message. */
export function messageOfNumber(number: number): GeneratedMessage {
  const dice = new Dice(number);
  const area = frequent(AREAS, dice);
  const template = SUBJECTS[dice.below(SUBJECTS.length)] ?? "";
  const isFix = /^(fix|avoid|prevent|handle|check)/.test(template);
  const crash = isFix && dice.below(30) === 0 ? `\n${crashText(dice)}` : "";
  return {
    subject: `${area}: ${fill(template, dice)}`.slice(0, 90),
    body: `${proseText(dice)}${crash}`,
    author: authorOf(dice),
    isFix,
  };
}

/** Numbers that look like chance and depend on the seed alone (mulberry32). */
export class Dice {
  #state: number;

  constructor(seed: number) {
    this.#state = Math.imul(seed + 1, 0x9e3779b1);
  }

  /** 0 to 1, without 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }
}

/** Short messages are many, long ones few: half have up to 4 sentences, one in a hundred has 30. */
function proseText(dice: Dice): string {
  const sentences = Math.min(30, 1 + Math.floor(-5.5 * Math.log(1 - dice.next())));
  const lines: string[] = [];
  let line = "";
  for (let at = 0; at < sentences; at++) {
    for (const word of fill(SENTENCES[dice.below(SENTENCES.length)] ?? "", dice).split(" ")) {
      if (line.length + word.length > 71) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    if (dice.below(4) === 0 && at + 1 < sentences) {
      lines.push(line, "");
      line = "";
    }
  }
  return `${[...lines, line].join("\n")}\n`;
}

function crashText(dice: Dice): string {
  const frames = Array.from(
    { length: 5 + dice.below(12) },
    () => ` [<ffffffff81${hex(dice, 6)}>] ${functionName(dice)}+0x${hex(dice, 2)}/0x1${hex(dice, 2)}`,
  );
  return [
    `  ${fill(CRASHES[dice.below(CRASHES.length)] ?? "", dice)}`,
    `  IP: [<ffffffff81${hex(dice, 6)}>] ${functionName(dice)}+0x${hex(dice, 2)}/0x1${hex(dice, 2)}`,
    `  Pid: ${dice.below(30000)}, comm: ${frequent(OBJECTS, dice)}d Not tainted`,
    "  Call Trace:",
    ...frames.map((frame) => `  ${frame}`),
    "",
  ].join("\n");
}

function authorOf(dice: Dice): string {
  const name = frequent(NAMES, dice);
  const surname = frequent(SURNAMES, dice);
  return `${name} ${surname} <${name.toLowerCase()}@${surname.toLowerCase()}.example>`;
}

/** A list's first words come often, its last seldom, as words do. */
function frequent(words: readonly string[], dice: Dice): string {
  return words[Math.floor(words.length * dice.next() ** 2)] ?? "";
}

function functionName(dice: Dice): string {
  const tail = dice.below(12) === 0 ? `_${OBJECTS[dice.below(OBJECTS.length)]}` : "";
  return `${frequent(PREFIXES, dice)}_${frequent(OBJECTS, dice)}${tail}_${frequent(ACTIONS, dice)}`;
}

function hex(dice: Dice, digits: number): string {
  return dice
    .below(16 ** digits)
    .toString(16)
    .padStart(digits, "0");
}

const FILLERS: Readonly<Record<string, (dice: Dice) => string>> = {
  f: functionName,
  n: (dice) => frequent(NOUNS, dice),
  a: (dice) => frequent(ADJECTIVES, dice),
  o: (dice) => frequent(OBJECTS, dice),
  d: (dice) => `${frequent(PREFIXES, dice).slice(0, 3)}${1000 + Math.floor(8000 * dice.next() ** 3)}`,
  p: (dice) => frequent(AREAS, dice),
  x: (dice) => hex(dice, 2),
  "#": (dice) => String(2 + dice.below(900)),
};

/** Templates cut at their braces once. */
const CUT = new Map<string, readonly string[]>();

function fill(template: string, dice: Dice): string {
  let parts = CUT.get(template);
  if (parts === undefined) {
    parts = template.split(/\{(.)\}/);
    CUT.set(template, parts);
  }
  return parts.map((part, at) => (at % 2 === 0 ? part : FILLERS[part]?.(dice))).join("");
}
