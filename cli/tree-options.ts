import { Trees } from "../finder/trees.ts";
import { ALL_ARCHITECTURES, ARCHITECTURES } from "../kernel/source/architectures.ts";
import type { Invocation, OptionDefinition } from "./definition.ts";
import { foldersOf } from "./open-library.ts";
import { complain } from "./output/complain.ts";

export const TREE: OptionDefinition = {
  flags: "--tree <tree>",
  help: "an indexed tree (kfix source list), or a folder with a kernel's source; the newest tree unless said",
  takes: "trees",
  setting: "tree",
};
/** As `uname -m` names them, and all of them. */
const ARCHITECTURE_NAMES = [...ARCHITECTURES.flatMap(({ names }) => names.slice(0, 1)), ALL_ARCHITECTURES];

export const ARCH: OptionDefinition = {
  flags: "-a, --arch <arch>",
  help: "an architecture as uname -m names it (x86_64, aarch64), or all; what the tree was added for unless said",
  takes: ARCHITECTURE_NAMES,
  setting: "arch",
};

export function openTrees(input: Invocation): Trees {
  return new Trees(foldersOf(input), (error) => complain(input.io, error));
}
