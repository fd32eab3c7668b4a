import { type Progress, SILENT } from "../../indexer/progress.ts";
import type { Invocation } from "../definition.ts";
import { sanitize } from "./terminal.ts";

/** Progress on standard error, with rate and time left; nothing unless that is a terminal, or with --quiet. */
export function progressBar(input: Invocation): Progress {
  const { stderr } = input.io;
  if (input.io.settings.quiet || !stderr.isTTY) return SILENT;
  /** Stages may run side by side: the one that began first is drawn until it ends. */
  const running: object[] = [];
  return {
    note: (message) => stderr.write(`${sanitize(message)}\n`),
    stage: (told, expected) => {
      const name = sanitize(told);
      let total = typeof expected === "number" ? expected : undefined;
      if (typeof expected === "function") void expected().then((count) => (total = count));
      const began = Date.now();
      let done = 0;
      let drawn = 0;
      const stage = {
        advance: (steps: number): void => {
          done += steps;
          if (running[0] !== stage || Date.now() - drawn <= 100) return;
          drawn = Date.now();
          stderr.write(`\r\x1b[K${barText({ name, total, done, seconds: (drawn - began) / 1000 })}`);
        },
        end: (): void => {
          running.splice(running.indexOf(stage), 1);
          stderr.write("\r\x1b[K");
        },
      };
      running.push(stage);
      return stage;
    },
  };
}

/** `changed functions  41 %  ████▌       102,400/247,332  2,310/s  1:02 left` */
export function barText(state: {
  name: string;
  total: number | undefined;
  done: number;
  seconds: number;
}): string {
  const { name, total, done, seconds } = state;
  const rate = seconds > 0.5 ? done / seconds : 0;
  const rateText = rate >= 1 ? `  ${Math.round(rate).toLocaleString("en")}/s` : "";
  if (total === undefined || total === 0) return `${name}  ${done.toLocaleString("en")}${rateText}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * BAR_WIDTH);
  const bar = "█".repeat(filled) + "·".repeat(BAR_WIDTH - filled);
  const left = rate > 0 && done < total ? `  ${clock((total - done) / rate)} left` : "";
  const counts = `${done.toLocaleString("en")}/${total.toLocaleString("en")}`;
  return `${name}  ${String(Math.floor(share * 100)).padStart(3)} %  ${bar}  ${counts}${rateText}${left}`;
}

function clock(seconds: number): string {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

const BAR_WIDTH = 24;
