/**
 * Measures the terminal interface from key to frame, inside the process:
 * `NODE_ENV=production npx tsx bench/tui.ts KFIX_HOME [80x24 ...]` (React's build for use, as kfix is built with)..
 *
 * The list is real: commits of the index that have a common word, as the search finds them. A key is timed from when its
 * byte is read to when the rows that it changed are handed to the terminal. What the panes show is looked up beside it,
 * as in use. Typing is timed from the key to the frame with the answer, which another thread finds.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { cacheFolders } from "../cache/folders.ts";
import { openCommits } from "../cli/tui/control/browse-lists.ts";
import { openSearch } from "../cli/tui/control/search.ts";
import { startLookup } from "../cli/tui/lookup/client.ts";
import { Session, type Terminal } from "../cli/tui/session.tsx";

const [home, ...sizes] = process.argv.slice(2);
const { root } = cacheFolders({ cacheDir: home });
for (const size of sizes.length > 0 ? sizes : ["80x24", "200x50", "300x100"]) {
  const [columns = 80, rows = 24] = size.split("x").map(Number);
  await measure(columns, rows);
}

async function measure(columns: number, rows: number): Promise<void> {
  const lookup = startLookup(root);
  let frames = 0;
  let bytes = 0;
  const terminal: Terminal = {
    size: () => ({ columns, rows }),
    send: (text) => {
      frames++;
      bytes += text.length;
    },
    held: true,
    lend: (use) => use(),
    setMouse: () => {},
    suspend: () => {},
    leave: () => {},
  };
  const options = { env: {}, root, cacheDir: root, kernel: undefined, logs: [], folder: root };
  const session = new Session(options, { terminal, lookup });
  session.begin();

  openCommits(session, "fix", { kind: "words", query: "fix " });
  await until(() => listed(session) > 0);
  console.log(`${columns} x ${rows}: a list of ${listed(session).toLocaleString("en")} commits`);
  const press = async (key: string, times: number): Promise<number[]> => {
    const took: number[] = [];
    for (let at = 0; at < times; at++) {
      const before = frames;
      const began = performance.now();
      session.read(Buffer.from(key));
      took.push(performance.now() - began);
      if (frames === before) throw new Error(`${JSON.stringify(key)} drew nothing`);
      await sleep(8); // what was looked up comes in between
    }
    return took;
  };
  report("one row down", await press("j", 400));
  report("one page down", await press(" ", 100));
  report("one row up", await press("k", 100));
  console.log(`  ${Math.round(bytes / frames)} bytes a frame`);

  openSearch(session, "");
  const typed: number[] = [];
  for (const key of "sched fix race task_group\x15pick_next_task\x15null pointer dereference in tcp\x15fix\x15cve-2024-266") {
    const began = performance.now();
    session.read(Buffer.from(key));
    await until(() => answered(session));
    typed.push(performance.now() - began);
  }
  report("a key of a search, to its answer", typed);
  session.end();
  await lookup.close();
}

function listed(session: Session): number {
  const screen = session.state.screens.at(-1);
  return screen?.kind === "browse" && screen.list.is === "here" ? screen.list.value.entries.length : 0;
}

function answered(session: Session): boolean {
  const screen = session.state.screens.at(-1);
  if (screen?.kind !== "search") return false;
  if (screen.query.trim() === "") return true;
  return screen.view?.is === "here" && screen.view.value.query === screen.query;
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await sleep(1);
}

function report(what: string, times: readonly number[]): void {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): string =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(1);
  console.log(
    `  ${what.padEnd(34)} median ${at(0.5)} ms, 99 of 100 ${at(0.99)} ms, worst ${at(1)} ms (${times.length})`,
  );
}
