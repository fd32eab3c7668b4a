import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { KfixError } from "../kernel/error.ts";
import { SETTINGS, type SettingKey, type SettingRow } from "./settings-table.ts";

/** How kfix is to behave, from the command line, the environment and the configuration file together. */
export interface Settings {
  /** Undefined: nobody says. */
  readonly cacheDir: string | undefined;
  readonly kernel: string | undefined;
  readonly arch: string | undefined;
  readonly tree: string | undefined;
  readonly color: "auto" | "always" | "never";
  /** Empty: none. */
  readonly pager: string | undefined;
  readonly quiet: boolean;
  readonly verbose: boolean;
  /** The configuration file that was read. */
  readonly file: string | undefined;
}

export const DEFAULT_SETTINGS: Settings = {
  cacheDir: undefined,
  kernel: undefined,
  arch: undefined,
  tree: undefined,
  color: "auto",
  pager: undefined,
  quiet: false,
  verbose: false,
  file: undefined,
};

/** What the command line says of settings. */
export interface SettingFlags {
  readonly cacheDir?: unknown;
  readonly color?: unknown;
  readonly quiet?: unknown;
  readonly verbose?: unknown;
}

/**
 * The command line goes before the environment, that before the configuration file, that before what kfix does unless
 * told. What only some commands have an option for (`kernel`, `arch`, `tree`) is joined with it by main.ts.
 *
 * Throws `usage` for a file that cannot be read, an unknown key, and a value that a setting cannot have, with the
 * place.
 */
export function readSettings(flags: SettingFlags, env: Environment): Settings {
  const file = configFile(env);
  const told = file === undefined ? new Map<SettingKey, string>() : readConfig(file);
  const value = (key: SettingKey): string | undefined => fromEnvironment(key, env) ?? told.get(key);
  const cacheDir = value("cacheDir");
  return {
    cacheDir: typeof flags.cacheDir === "string" ? flags.cacheDir : cacheDir && atHome(cacheDir),
    kernel: value("kernel"),
    arch: value("arch"),
    tree: value("tree"),
    color: typeof flags.color === "boolean" ? whether(flags.color) : colorOf(env, told.get("color")),
    pager: value("pager"),
    quiet: flags.quiet === true,
    verbose: flags.verbose === true,
    file,
  };
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The XDG Base Directory Specification's place; `KFIX_CONFIG` names another, or none. Undefined: there is none. */
function configFile(env: Environment): string | undefined {
  if (env.KFIX_CONFIG !== undefined) {
    if (env.KFIX_CONFIG === "" || existsSync(env.KFIX_CONFIG)) return env.KFIX_CONFIG || undefined;
    throw new KfixError("usage", `the configuration file ${env.KFIX_CONFIG} does not exist`, {
      hint: "KFIX_CONFIG names it; set it to nothing to do without",
    });
  }
  const file = join(env.XDG_CONFIG_HOME || join(homedir(), ".config"), "kfix/config.json");
  return existsSync(file) ? file : undefined;
}

function readConfig(file: string): Map<SettingKey, string> {
  const text = readText(file);
  const object = parse(file, text);
  const rows = new Map<string, SettingRow>(SETTINGS.map((row) => [row.key, row]));
  const told = new Map<SettingKey, string>();
  for (const [key, value] of Object.entries(object)) {
    const place = `${file}:${lineOf(text, key)}`;
    const row = rows.get(key);
    if (!row) {
      throw new KfixError("usage", `${place}: there is no setting "${key}"`, {
        hint: `the settings are: ${[...rows.keys()].join(", ")} (docs/settings.md)`,
      });
    }
    told.set(row.key, checked(row, value, place));
  }
  return told;
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new KfixError("usage", `the configuration file cannot be read: ${why}`, { cause });
  }
}

function parse(file: string, text: string): object {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : "";
    throw new KfixError("usage", `${file}${placeOf(why, text)} is no JSON: ${why}`, { hint: FORM, cause });
  }
  throw new KfixError("usage", `${file} is no JSON object`, { hint: FORM });
}

const FORM = 'it looks like this: {"kernel": "6.1.55", "color": "never"}';

/** `:3`, where the parser says at which character it gave up. */
function placeOf(complaint: string, text: string): string {
  const position = /at position (\d+)/.exec(complaint)?.[1];
  return position === undefined ? "" : `:${text.slice(0, Number(position)).split("\n").length}`;
}

/** The line of a key; the file is one flat object, so that the first such key is it. */
function lineOf(text: string, key: string): number {
  const at = text.search(new RegExp(`"${key.replace(/[^\w]/g, "\\$&")}"\\s*:`));
  return text.slice(0, Math.max(at, 0)).split("\n").length;
}

function checked(row: SettingRow, value: unknown, place: string): string {
  if (typeof value === "string" && (row.words?.includes(value) ?? true)) return value;
  const wanted = row.words ? `one of: ${row.words.join(", ")}` : "a text";
  throw new KfixError("usage", `${place}: "${row.key}" is ${JSON.stringify(value)}`, {
    hint: `${row.help}; give ${wanted}`,
  });
}

function fromEnvironment(key: SettingKey, env: Environment): string | undefined {
  const row = SETTINGS.find((one) => one.key === key);
  for (const name of row?.env ?? []) {
    const value = env[name];
    if (value === undefined || (value === "" && key !== "pager")) continue;
    if (row && !(row.words?.includes(value) ?? true)) {
      throw new KfixError("usage", `${name} is "${value}"`, {
        hint: `${row.help}; give one of: ${row.words?.join(", ")}`,
      });
    }
    return value;
  }
  return undefined;
}

/** The variable that is kfix's own goes before those that all programs share. */
function colorOf(env: Environment, told: string | undefined): Settings["color"] {
  const own = fromEnvironment("color", env);
  if (own === undefined && env.NO_COLOR) return "never";
  if (own === undefined && env.FORCE_COLOR && env.FORCE_COLOR !== "0") return "always";
  const word = own ?? told;
  return word === "always" || word === "never" ? word : "auto";
}

function whether(wanted: boolean): Settings["color"] {
  return wanted ? "always" : "never";
}

function atHome(folder: string): string {
  return folder.startsWith("~/") ? join(homedir(), folder.slice(2)) : folder;
}
