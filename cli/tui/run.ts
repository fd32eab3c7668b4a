import { startLookup } from "./lookup/client.ts";
import { Session, type SessionOptions, type Terminal } from "./session.tsx";
import { TerminalModes } from "./terminal/modes.ts";
import { restoreOnSignals } from "./terminal/signals.ts";

/** The two ends of a terminal. */
export interface Ends {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream & { readonly fd: number };
}

/** Runs the interface until the user leaves it; gives the exit status. The terminal is then as it was before. */
export async function runInterface(options: SessionOptions, { stdin, stdout }: Ends): Promise<number> {
  const modes = new TerminalModes(stdin, stdout);
  let leave: (status: number) => void = () => {};
  let fail: (error: unknown) => void = () => {};
  const left = new Promise<number>((resolve, reject) => {
    leave = resolve;
    fail = reject;
  });
  const takeAgain = (): void => {
    modes.take();
    session.redraw();
  };
  const signals = restoreOnSignals({
    giveBack: () => modes.giveBack(),
    takeAgain,
    failed: (error) => fail(error),
  });
  const terminal: Terminal = {
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    send: (text) => stdout.write(text),
    get held() {
      return modes.held;
    },
    lend: (use) => {
      modes.giveBack();
      stdin.pause();
      try {
        return use();
      } finally {
        stdin.resume();
        takeAgain();
      }
    },
    setMouse: (on) => modes.setMouse(on),
    suspend: () => signals.suspend(),
    leave: (status) => leave(status),
  };
  const lookup = startLookup(options.cacheDir);
  const session = new Session(options, { terminal, lookup });
  const read = (bytes: Buffer): void => session.read(bytes);
  const resized = (): void => session.redraw();
  stdin.on("data", read);
  stdout.on("resize", resized);
  try {
    modes.take();
    session.begin();
    return await left;
  } finally {
    stdin.off("data", read);
    stdin.pause();
    stdout.off("resize", resized);
    session.end();
    modes.giveBack();
    signals.end();
    await lookup.close();
  }
}
