import type { Io } from "../definition.ts";
import { jsonText } from "./json-text.ts";
import { isColoured, type Paint, painter, sanitizeStyled } from "./terminal.ts";

/** Prints an answer as JSON, on one line; its shape is one of cli/answers. */
export function printJson<Answer>(io: Io, value: Answer): void {
  io.stdout.write(`${jsonText(value)}\n`);
}

/** Prints a text; on a terminal that it does not fit, through the pager. */
export async function print(io: Io, compose: (paint: Paint) => string): Promise<void> {
  const text = `${sanitizeStyled(compose(painter(io)), isColoured(io)).trimEnd()}\n`;
  const pager = io.settings.pager ?? "less";
  if (io.stdout.isTTY !== true || pager === "" || pager === "cat" || fits(text, io)) io.stdout.write(text);
  else await page(pager, text, io);
}

/** Only what goes to the terminal itself may be too long for it. */
function fits(text: string, { stdout }: Io): boolean {
  return stdout !== process.stdout || text.split("\n").length <= (process.stdout.rows ?? 0);
}

/** `less` quits at once when all fits, keeps colours and leaves the screen as it was: the flags that git gives it. */
async function page(pager: string, text: string, io: Io): Promise<void> {
  // not import(): a look-up that V8 takes from its bytecode has nothing that imports (cli/look-up.ts)
  const { spawn } = process.getBuiltinModule("node:child_process");
  const restore = leaveInterruptsToThePager();
  await new Promise<void>((resolve) => {
    const child = spawn(pager, {
      shell: true,
      stdio: ["pipe", "inherit", "inherit"],
      env: { LESS: "FRX", ...io.env },
    });
    child.on("error", () => {
      io.stdout.write(text);
      resolve();
    });
    child.on("close", () => resolve());
    child.stdin.on("error", () => {}); // the reader left the pager before the end
    child.stdin.end(text);
  });
  restore();
}

/** Ctrl-C goes to both: it is the pager's to obey, as all work is done, and kfix must outlive it. */
function leaveInterruptsToThePager(): () => void {
  const listeners = process.rawListeners("SIGINT");
  const ignore = () => {};
  process.removeAllListeners("SIGINT");
  process.on("SIGINT", ignore);
  return () => {
    process.off("SIGINT", ignore);
    for (const listener of listeners) process.on("SIGINT", () => listener.call(process));
  };
}
