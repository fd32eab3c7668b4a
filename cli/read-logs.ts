import { readFile } from "node:fs/promises";
import { KfixError } from "../kernel/error.ts";
import type { Invocation, Io } from "./definition.ts";

/** A log as the user gave it. */
export interface LogInput {
  /** The file's name, or `standard input`. */
  readonly name: string;
  readonly text: string;
}

/** The logs that the command line names; standard input for `-` and for none. */
export async function readLogs(input: Invocation): Promise<LogInput[]> {
  const names = input.words.length > 0 ? input.words : ["-"];
  const logs: LogInput[] = [];
  for (const name of names) {
    logs.push(
      name === "-"
        ? { name: "standard input", text: await readAll(input.io) }
        : { name, text: await readLog(name) },
    );
  }
  return logs;
}

async function readAll(io: Io): Promise<string> {
  if (io.stdin.isTTY) io.stderr.write("kfix: paste a kernel log, then Ctrl-D\n");
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

async function readLog(name: string): Promise<string> {
  try {
    return await readFile(name, "utf8");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new KfixError("bad-input", `${name} cannot be read${missing ? ": there is no such file" : ""}`, {
      hint: "give a file with a kernel log, or - for standard input",
      cause,
    });
  }
}
