import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import type { JSONRPCMessage } from "@modelcontextprotocol/sdk/types.js";
import type { Output } from "../definition.ts";
import { jsonText } from "../output/json-text.ts";

/**
 * Messages as lines of standard output (MCP specification, "Transports"), written as all other JSON of kfix is: a client
 * that logs the line to a terminal logs nothing that the terminal obeys, and reads the same values.
 */
export class EscapingTransport extends StdioServerTransport {
  readonly #stdout: Output;

  constructor(stdout: Output) {
    super();
    this.#stdout = stdout;
  }

  override send(message: JSONRPCMessage): Promise<void> {
    return new Promise((resolve) => {
      if (this.#stdout.write(`${jsonText(message)}\n`)) resolve();
      else this.#stdout.once("drain", resolve);
    });
  }
}
