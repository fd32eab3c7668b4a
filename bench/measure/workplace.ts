import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { releaseOfTag } from "../../kernel/version.ts";
import type { BenchOptions } from "./inputs.ts";
import { git, kfix } from "./kfix.ts";
import { ask, type Run } from "./process.ts";
import type { Measurement } from "./samples.ts";

/** What a part measured. */
export interface PartOutcome {
  readonly inputs: string;
  readonly measurements: readonly Measurement[];
}

/** One part of the measurements, with a table of its own. */
export interface Part {
  readonly name: string;
  readonly measure: (place: Workplace) => Promise<PartOutcome>;
}

/** Where everything that is measured lies; what a part needs and does not measure itself is made when it is missing. */
export class Workplace {
  readonly options: BenchOptions;
  /** A KFIX_HOME with the whole history, the tree and the CVE records. */
  readonly home: string;

  constructor(options: BenchOptions) {
    this.options = options;
    this.home = this.path("home");
    mkdirSync(options.work, { recursive: true });
  }

  path(name: string): string {
    return join(this.options.work, name);
  }

  /** An empty folder of this name. */
  emptied(name: string): string {
    rmSync(this.path(name), { recursive: true, force: true });
    mkdirSync(this.path(name), { recursive: true });
    return this.path(name);
  }

  /** Fewer runs where only the programs are tried. */
  rounds(wanted: number): number {
    return this.options.quick ? Math.min(wanted, 3) : wanted;
  }

  say(line: string): void {
    process.stderr.write(`  ${line}\n`);
  }

  /** Runs kfix on the home; throws when it fails, as a figure of a failure is none. */
  async kfix(words: readonly string[], home = this.home): Promise<Run> {
    const done = await kfix(home, words);
    if (done.status < 0 || FAILED.includes(done.status))
      throw new Error(`kfix ${words.join(" ")} ended with ${done.status}`);
    return done;
  }

  /** The history, indexed whole; gives its repository. */
  async needHistory(): Promise<string> {
    const repository = await this.wholeHistory();
    if (!existsSync(join(this.home, "index/history.db"))) {
      this.say("indexing the history first");
      await this.kfix(["source", "add", "-q", repository, "--name", "history"]);
    }
    return repository;
  }

  /** The tree, indexed; gives its folder. */
  async needTree(): Promise<string> {
    const deb = this.options.input("tree");
    if (!existsSync(join(this.home, `index/trees/${TREE}.db`))) {
      this.say("indexing the tree first");
      await this.kfix(["source", "add", "-q", deb, "--name", TREE, "--arch", "all"]);
    }
    return join(this.home, "trees", TREE);
  }

  async needRecords(): Promise<void> {
    const cve = this.options.input("cve");
    if (existsSync(join(this.home, "index/cve.db"))) return;
    this.say("importing the CVE records first");
    await this.kfix(["source", "add", "-q", "cve", cve]);
  }

  /**
   * A bare repository that borrows the history's objects and has only those of its tags that `which` lets through (as
   * options of git-for-each-ref(1)), with a commit-graph. Made when it is missing.
   */
  async borrowed(name: string, which: readonly string[]): Promise<string> {
    const from = this.options.input("history");
    const repository = this.path(`${name}.git`);
    if (existsSync(repository)) return repository;
    await ask("git", ["init", "--quiet", "--bare", "--template=", repository]);
    mkdirSync(join(repository, "objects/info"), { recursive: true });
    writeFileSync(join(repository, "objects/info/alternates"), `${join(from, "objects")}\n`);
    await this.addTags(repository, which);
    return repository;
  }

  /** The history with all of its tags. */
  wholeHistory(): Promise<string> {
    return this.borrowed("history", []);
  }

  /** Gives a borrowing repository more tags, and the commit-graph of what they reach. */
  async addTags(repository: string, which: readonly string[]): Promise<void> {
    const refs = await git(
      this.options.input("history"),
      "for-each-ref",
      ...which,
      "--format=create %(refname) %(objectname)",
      "refs/tags",
    );
    await ask("git", ["--git-dir", repository, "update-ref", "--stdin"], { input: `${refs}\n` });
    await git(repository, "commit-graph", "write", "--reachable");
  }
}

/** Bad input, and what is not indexed; the others are answers (docs/guide.md, exit status). */
const FAILED: readonly number[] = [2, 3];

/** The name of the tree in the home, as the cases have it. */
export const TREE = "linux-6.1";

/** The newest mainline release that a repository has a tag of. */
export async function newestRelease(repository: string): Promise<string> {
  const tags = (await git(repository, "tag", "--list", "--sort=-version:refname", "v*")).split("\n");
  const newest = tags.find((tag) => releaseOfTag(tag)?.kind === "mainline");
  if (newest === undefined) throw new Error(`${repository} has no tag of a mainline release`);
  return newest;
}

/** `271,028 commits (v3.1 the newest release)`. */
export async function describeHistory(repository: string): Promise<string> {
  const count = Number(await git(repository, "rev-list", "--all", "--count"));
  return `${count.toLocaleString("en")} commits, ${await newestRelease(repository)} the newest mainline release`;
}
