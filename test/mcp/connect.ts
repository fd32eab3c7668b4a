import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { KFIX } from "../cli/run-kfix.ts";

/** A client of the built program. It knows the schemas of the tools, and holds answers against them. */
export async function connect(home: string): Promise<Client> {
  const made = new Client({ name: "test", version: "1.0.0" });
  const env = { ...process.env, KFIX_HOME: home, KFIX_CONFIG: "" };
  const plain = Object.fromEntries(
    Object.entries(env).filter((one): one is [string, string] => one[1] !== undefined),
  );
  await made.connect(
    new StdioClientTransport({ command: process.execPath, args: [KFIX, "mcp"], env: plain }),
  );
  await made.listTools();
  return made;
}
