import { isAbsolute, join } from "node:path";
import type { Overlay, Prompt } from "../state.ts";
import { askForList } from "./browse-lists.ts";
import { type Context, say } from "./context.ts";
import { setFilter } from "./filters.ts";
import { edited } from "./search.ts";

type PromptOverlay = Extract<Overlay, { kind: "prompt" }>;

export function askKernel(context: Context): void {
  ask(context, context.state.kernel ?? "", {
    about: "kernel",
    label: "Which kernel runs?",
    help: "What uname -r, uname -a or /proc/version says, or a version: 3.16.7, 6.1.0-18-amd64.\nIt counts for every log until it is changed; empty: what each log says.",
  });
}

export function askSource(context: Context): void {
  ask(context, "", {
    about: "add",
    label: "What is to be indexed?",
    help: "A repository (folder or URL), a source tree (folder, tarball, debian:linux-source-6.1, linux@v6.1),\ncve and the folder or URL of the CVE records, changelog and a file. As behind: kfix source add",
  });
}

export function ask(context: Context, value: string, prompt: Prompt): void {
  context.update((state) => ({ ...state, overlay: { kind: "prompt", prompt, value } }));
}

/** A key while a question shows. */
export function promptKey(context: Context, { prompt, value }: PromptOverlay, key: string) {
  if (key === "escape") return close(context);
  if (key === "enter") {
    close(context);
    return answer(context, prompt, value.trim());
  }
  const text = edited(value, key);
  if (text !== undefined) ask(context, text, prompt);
}

/** A paste while a question shows: its first line. */
export function promptPaste(context: Context, { prompt, value }: PromptOverlay, text: string): void {
  ask(context, `${value}${text.trim().split("\n")[0] ?? ""}`.slice(0, 1000), prompt);
}

function close(context: Context): void {
  context.update((state) => ({ ...state, overlay: undefined }));
}

function answer(context: Context, prompt: Prompt, value: string) {
  switch (prompt.about) {
    case "kernel":
      return setKernel(context, value);
    case "add":
      if (value !== "") context.outside.startJob({ kind: "add", words: value.split(/\s+/) });
      return;
    case "export":
      return writeReport(context, value);
    default:
      setFilter(context, prompt.about, value === "" ? undefined : value);
  }
}

function setKernel(context: Context, value: string): void {
  context.update((state) => ({ ...state, kernel: value === "" ? undefined : value }));
  for (const screen of context.state.screens) if (screen.kind === "browse") askForList(context, screen.id);
}

function writeReport(context: Context, name: string): void {
  const screen = context.state.screens.at(-1);
  if (name === "" || screen?.kind !== "browse") return;
  const file = isAbsolute(name) ? name : join(context.outside.folder(), name);
  const entries = screen.list.is === "here" ? screen.list.value.entries : [];
  const of =
    screen.of.kind === "crash"
      ? { crash: screen.of.crash, kernel: context.state.kernel, input: screen.of.log.name }
      : { title: screen.of.title, entries };
  context.lookup.ask("report", { file, of }, (outcome) => {
    if ("problem" in outcome) say(context, outcome.problem.message, "bad");
    else say(context, `written: ${outcome.value}`, "good");
  });
}
