/** What a user can settle once: in a file, or in the environment. docs/settings.md and the manual are made from this. */
export interface SettingRow {
  /** In the configuration file. */
  readonly key: SettingKey;
  readonly help: string;
  /** The variables that say it, the strongest first. */
  readonly env: readonly string[];
  /** The option that says it; undefined: none. */
  readonly option: string | undefined;
  /** What it is where nobody says. */
  readonly otherwise: string;
  /** The words that it may be; undefined: any text. */
  readonly words?: readonly string[];
}

export type SettingKey = "cacheDir" | "kernel" | "arch" | "tree" | "color" | "pager";

export const SETTINGS: readonly SettingRow[] = [
  {
    key: "cacheDir",
    help: "the folder where the index is kept",
    env: ["KFIX_HOME"],
    option: "--cache-dir",
    otherwise: "~/.cache/kfix ($XDG_CACHE_HOME/kfix)",
  },
  {
    key: "kernel",
    help: "the kernel to judge for, where a log does not name its own",
    env: ["KFIX_KERNEL"],
    option: "--kernel",
    otherwise: "what the log says",
  },
  {
    key: "arch",
    help: "the architecture to look at, as uname -m names it, or all",
    env: ["KFIX_ARCH"],
    option: "--arch",
    otherwise: "what the tree was added for; for a tree to add, this machine's",
  },
  {
    key: "tree",
    help: "the source tree that symbol, message and grep look into: the name of an indexed one, or a folder",
    env: ["KFIX_TREE"],
    option: "--tree",
    otherwise: "the tree of the newest kernel",
  },
  {
    key: "color",
    help: "colours for people: auto (on a terminal), always, never",
    env: ["KFIX_COLOR"],
    option: "--color, --no-color",
    otherwise: "auto",
    words: ["auto", "always", "never"],
  },
  {
    key: "pager",
    help: "the command that shows what does not fit on the terminal; cat or an empty text: none",
    env: ["KFIX_PAGER", "PAGER"],
    option: undefined,
    otherwise: "less -FRX",
  },
];

/** Every variable that kfix listens to. */
export const ENVIRONMENT: readonly { readonly name: string; readonly help: string }[] = [
  { name: "KFIX_CONFIG", help: "the configuration file; empty: none" },
  ...SETTINGS.flatMap(({ env, help }) => env.map((name) => ({ name, help }))),
  {
    name: "KFIX_UNPACK_LIMITS",
    help: "what an archive may unpack to: entries=500000,bytes=8G,bytesOfFile=512M,pathLength=1024, any of them",
  },
  {
    name: "KFIX_LONGEST_LINE",
    help: "how much of one line of a log is looked at, in characters (16M); what is left out is said",
  },
  { name: "NO_COLOR", help: "not empty: no colours (no-color.org)" },
  { name: "FORCE_COLOR", help: "not empty and not 0: colours, also where there is no terminal" },
];

export const FILES: readonly { readonly name: string; readonly help: string }[] = [
  { name: "~/.config/kfix/config.json", help: "settings ($XDG_CONFIG_HOME/kfix/config.json)" },
  { name: "~/.cache/kfix", help: "the index; all of it can be made anew ($XDG_CACHE_HOME/kfix)" },
];
