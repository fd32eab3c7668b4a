import type { Takes } from "../definition.ts";
import { ANY_SOURCE, type CommandLine, NAMES_OF_SOURCES, type OptionParts } from "./command-line.ts";

/** The completion of zsh, by `_arguments` and `_describe` of zshcompsys(1). */
export function zshCompletion(commands: readonly CommandLine[]): string {
  return `#compdef kfix
# zsh completion of kfix; made by: kfix completion zsh

${commands.map(commandFunction).join("\n\n")}

# Names of indexed sources, of one kind or of all; a tree may be a folder as well.
_kfix_sources() {
  local -a names
  names=(\${(f)"$(kfix source list 2>/dev/null | awk -v kind="\${1:-${ANY_SOURCE}}" '${NAMES_OF_SOURCES}')"})
  compadd -a names
}
_kfix_trees() { _kfix_sources tree; _files -/ }

if [[ \${funcstack[1]} == _kfix ]]; then _kfix "$@"; else compdef _kfix kfix; fi
`;
}

function commandFunction({ path, options, subcommands, takes }: CommandLine): string {
  const name = functionName(path);
  const specs = options.map((option) => `    ${optionSpec(option)}`);
  if (subcommands.length === 0) {
    const rest = takes === undefined ? [] : [`    ${quote(`*: :${action(takes)}`)}`];
    return `${name}() {\n  _arguments -s \\\n${[...specs, ...rest].join(" \\\n")}\n}`;
  }
  const described = subcommands.map(
    (sub) => `    ${quote(`${sub.name}:${sub.summary.replaceAll(":", "\\:")}`)}`,
  );
  return `${name}() {
  local state line
  local -a commands
  commands=(
${described.join("\n")}
  )
  _arguments -s -C \\
${specs.join(" \\\n")} \\
    '1: :->command' '*:: :->words'
  case $state in
    command) _describe command commands ;;
    words) (( $+functions[${name}_\${line[1]}] )) && ${name}_\${line[1]} ;;
  esac
}`;
}

function functionName(path: readonly string[]): string {
  return ["_kfix", ...path].join("_");
}

/** `'(-k --kernel)'{-k,--kernel}'[the kernel]:version:'` */
function optionSpec({ names, value, valueOptional, help, takes }: OptionParts): string {
  const told = `[${help.replace(/[[\]\\:]/g, "\\$&")}]`;
  const wanted =
    value === undefined
      ? ""
      : `${valueOptional ? "::" : ":"}${value.replaceAll(":", "\\:")}:${action(takes)}`;
  if (names.length === 1) return quote(`${names[0]}${told}${wanted}`);
  return `'(${names.join(" ")})'{${names.join(",")}}${quote(`${told}${wanted}`)}`;
}

function action(takes: Takes | undefined): string {
  if (takes === undefined) return " ";
  if (takes === "files") return "_files";
  if (takes === "folders") return "_files -/";
  if (takes === "trees") return " _kfix_trees";
  if (takes === "sources") return " _kfix_sources";
  return `(${takes.join(" ")})`;
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
