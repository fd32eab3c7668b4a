/** Where logs come from: files, folders, standard input, the journal. */
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { LineLimit, type Skipped } from "../kernel/crash/line-limit.ts";
import { type Crash, CrashScanner } from "../kernel/crash/parse.ts";
import { KfixError } from "../kernel/error.ts";
import { type Invocation, type Io, type OptionDefinition, textOption } from "./definition.ts";
import { walkFolder } from "./logs/folder.ts";
import { journalText } from "./logs/journal.ts";
import { isPstoreRecord, joinRecords, type PstoreRecord } from "./logs/pstore.ts";
import { logText } from "./logs/text.ts";

export const JOURNAL: OptionDefinition = {
  flags: "--journal [boot]",
  help: "the kernel's messages in the journal: 0 this boot (default), -1 the one before",
};

/** A log as the user gave it. Its text is read when it is asked for, a piece at a time. */
export interface LogInput {
  /** The file's name, `standard input`, or what else tells it from others. */
  readonly name: string;
  /** The user named it; others were found in a folder, where not every file is a log. */
  readonly named: boolean;
  /** Throws KfixError where it cannot be read. */
  readonly text: () => AsyncIterable<string>;
}

/** The logs that the command line asks for; standard input for `-` and for none. */
export async function* readLogs(input: Invocation): AsyncGenerator<LogInput> {
  const { journal } = input.options;
  if (journal !== undefined && journal !== false) {
    const boot = textOption(input, "journal") ?? "0";
    yield {
      name: `the journal of boot ${boot}`,
      named: true,
      text: () => logText(journalText(boot, input.io.env), true),
    };
  } else if (input.words.length === 0) yield standardInput(input.io);
  for (const word of input.words) {
    if (word === "-") yield standardInput(input.io);
    else if (await isFolder(word)) yield* logsIn(word);
    else yield fileLog(word, true);
  }
}

/** Does the command line ask for more than one log? Then answers must say whose they are. */
export async function asksForMany(input: Invocation): Promise<boolean> {
  const named = input.words.length + (input.options.journal === undefined ? 0 : 1);
  return named > 1 || (input.words[0] !== undefined && (await isFolder(input.words[0])));
}

/** What a log holds. */
export interface ReadLog<Found = Crash> {
  readonly crashes: readonly Found[];
  /** There was nothing in it but blanks. */
  readonly empty: boolean;
  /** Why it could not be read, or not to its end; `crashes` are those that were read until then. */
  readonly problem: KfixError | undefined;
  readonly skipped: Skipped | undefined;
}

/** What finds crashes in a log that comes in pieces. */
export interface LogReader<Found> {
  push(piece: string): readonly Found[];
  end(): readonly Found[];
  /** What it left out. */
  readonly skipped: Skipped | undefined;
}

/** The crashes of a log of any size, in constant memory but for the crashes. */
export function readCrashes(log: LogInput, longestLine: number): Promise<ReadLog> {
  const scanner = new CrashScanner();
  const limit = new LineLimit(longestLine);
  return readLog(log, {
    push: (piece) => scanner.push(limit.take(piece)),
    end: () => scanner.end(),
    get skipped() {
      return limit.skipped;
    },
  });
}

/** The same with another reader. */
export async function readLog<Found>(log: LogInput, reader: LogReader<Found>): Promise<ReadLog<Found>> {
  const crashes: Found[] = [];
  let empty = true;
  let problem: KfixError | undefined;
  try {
    for await (const piece of log.text()) {
      empty &&= piece.trim() === "";
      for (const crash of reader.push(piece)) crashes.push(crash);
    }
  } catch (error) {
    problem = unreadable(log.name, error);
  }
  for (const crash of reader.end()) crashes.push(crash);
  return { crashes, empty, problem, skipped: reader.skipped };
}

function standardInput(io: Io): LogInput {
  return {
    name: "standard input",
    named: true,
    text: () => {
      if (io.stdin.isTTY && !io.settings.quiet) io.stderr.write("kfix: paste a kernel log, then Ctrl-D\n");
      return logText(bytesOf(io.stdin), true);
    },
  };
}

async function* bytesOf(stream: NodeJS.ReadableStream): AsyncGenerator<Uint8Array> {
  for await (const piece of stream) yield typeof piece === "string" ? Buffer.from(piece) : piece;
}

const PIECE = 1 << 18;

function fileLog(path: string, named: boolean): LogInput {
  return { name: path, named, text: () => logText(createReadStream(path, { highWaterMark: PIECE }), named) };
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false; // reading it says why
  }
}

async function* logsIn(folder: string): AsyncGenerator<LogInput> {
  for await (const entry of walkFolder(folder)) {
    if (entry.kind === "file") yield fileLog(entry.path, false);
    else if (entry.kind === "pstore") yield* pstoreLogs(entry.folder, entry.fileNames);
    else yield brokenLog(entry.path, entry.cause);
  }
}

/** The events of a pstore folder; its records are small. */
async function* pstoreLogs(folder: string, fileNames: readonly string[]): AsyncGenerator<LogInput> {
  const records: PstoreRecord[] = [];
  for (const fileName of fileNames) {
    const path = join(folder, fileName);
    try {
      let text = "";
      for await (const piece of fileLog(path, false).text()) text += piece;
      records.push({ fileName, text });
    } catch (cause) {
      yield brokenLog(path, cause);
    }
  }
  for (const { event, parts, text } of joinRecords(records)) {
    const of = isPstoreRecord(event) ? "" : ` (${parts} ${parts === 1 ? "part" : "parts"})`;
    yield { name: `${join(folder, basename(event))}${of}`, named: false, text: () => once(text) };
  }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

/** A place in a folder that could not be read; asking for its text says why. */
function brokenLog(name: string, cause: unknown): LogInput {
  return { name, named: false, text: () => refuse(cause) };
}

async function* refuse(cause: unknown): AsyncGenerator<string> {
  yield "";
  throw cause;
}

/** What a person can do about a log that cannot be read; other errors are kfix's own and pass. */
function unreadable(name: string, error: unknown): KfixError {
  if (error instanceof KfixError) {
    if (error.code !== "bad-input") return error;
    const hint = error.hint === undefined ? {} : { hint: error.hint };
    return new KfixError("bad-input", `${name}: ${error.message}`, { ...hint, cause: error });
  }
  if (!(error instanceof Error && "code" in error)) throw error;
  const why = REASONS.get(String(error.code)) ?? error.message;
  return new KfixError("bad-input", `${name} cannot be read: ${why}`, {
    hint: "give a file or a folder with kernel logs, or - for standard input",
    cause: error,
  });
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ["ENOENT", "there is no such file"],
  ["EACCES", "permission denied (root may read it)"],
  ["EPERM", "permission denied (root may read it)"],
]);
