import type { Definition } from "./scanned-file.ts";

/** A file as it goes into the index: its definitions, and its messages with their macros resolved. */
export interface IndexedFile {
  readonly path: string;
  readonly definitions: readonly Definition[];
  readonly messages: readonly IndexedMessage[];
}

export interface IndexedMessage {
  readonly line: number;
  readonly function: string | undefined;
  readonly macro: string;
  readonly level: string | undefined;
  readonly format: string;
  readonly prefix: string | undefined;
}
