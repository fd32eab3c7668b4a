import { PassThrough } from "node:stream";
import type { Surface } from "./surface.ts";

/** Ink's types ask for a terminal whole; of one it writes to, it uses this much. */
export function drawnOn(surface: Surface): NodeJS.WriteStream {
  if (isWritten(surface)) return surface;
  throw new TypeError("a surface can be written to");
}

function isWritten(value: unknown): value is NodeJS.WriteStream {
  return (
    typeof value === "object" &&
    value !== null &&
    ["write", "columns", "rows", "on"].every((name) => name in value)
  );
}

/** No keys: Ink's own reading of them knows no wheel, and takes a paste for keys. */
export function nothingToRead(): NodeJS.ReadStream {
  const stream: unknown = new PassThrough();
  if (isRead(stream)) return stream;
  throw new TypeError("a stream can be read from");
}

function isRead(value: unknown): value is NodeJS.ReadStream {
  return value instanceof PassThrough;
}
