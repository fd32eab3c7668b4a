import { Trees } from "../finder/trees.ts";
import type { Invocation, OptionDefinition } from "./definition.ts";
import { foldersOf } from "./open-library.ts";
import { complain } from "./output/complain.ts";

export const TREE: OptionDefinition = {
  flags: "--tree <tree>",
  help: "an indexed tree (kfix source list), or a folder with a kernel's source; the newest tree unless said",
};
export const ARCH: OptionDefinition = {
  flags: "-a, --arch <arch>",
  help: "an architecture as uname -m names it (x86_64, aarch64), or all; what the tree was added for unless said",
};

export function openTrees(input: Invocation): Trees {
  return new Trees(foldersOf(input), (error) => complain(input.io, error));
}
