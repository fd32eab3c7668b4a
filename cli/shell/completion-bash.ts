import type { Takes } from "../definition.ts";
import { ANY_SOURCE, type CommandLine, NAMES_OF_SOURCES, type OptionParts } from "./command-line.ts";

/** The completion of bash, as bash(1), "Programmable Completion", wants it. */
export function bashCompletion(commands: readonly CommandLine[]): string {
  return `# bash completion of kfix; made by: kfix completion bash

_kfix() {
  local cur=\${COMP_WORDS[COMP_CWORD]} command= word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$command \${COMP_WORDS[i]}" in
${commands
  .filter(({ path }) => path.length > 0)
  .map(({ path }) => `      ${pattern(path.slice(0, -1), path.at(-1) ?? "")}) command='${path.join(" ")}' ;;`)
  .join("\n")}
    esac
  done
  # What stands behind an option that takes something.
  case "$command \${COMP_WORDS[COMP_CWORD - 1]}" in
${commands.flatMap(valueCases).join("\n")}
  esac
  case $command in
${commands.map(commandCase).join("\n")}
  esac
}

_kfix_words() { COMPREPLY=($(compgen -W "$1" -- "$cur")); }
_kfix_files() {
  compopt -o filenames 2>/dev/null
  local IFS=$'\\n'
  COMPREPLY=($(compgen "$1" -- "$cur"))
}
# Names of indexed sources, of one kind or of all; with folders, as a tree may be one.
_kfix_sources() { _kfix_words "$(kfix source list 2>/dev/null | awk -v kind="\${1:-${ANY_SOURCE}}" '${NAMES_OF_SOURCES}')"; }
_kfix_trees() {
  _kfix_sources tree
  local names=("\${COMPREPLY[@]}")
  _kfix_files -d
  COMPREPLY=("\${names[@]}" "\${COMPREPLY[@]}")
}

complete -F _kfix kfix
`;
}

function pattern(path: readonly string[], word: string): string {
  return `'${path.join(" ")} ${word}'`;
}

function valueCases({ path, options }: CommandLine): string[] {
  return options
    .filter((option) => option.value !== undefined && !option.valueOptional)
    .map((option) => {
      const patterns = option.names.map((name) => pattern(path, name)).join(" | ");
      return `    ${patterns}) ${complete(option.takes)}; return ;;`;
    });
}

function commandCase({ path, options, subcommands, takes }: CommandLine): string {
  const words =
    subcommands.length > 0
      ? `_kfix_words '${subcommands.map((sub) => sub.name).join(" ")}'`
      : complete(takes);
  return `    '${path.join(" ")}') if [[ $cur == -* ]]; then _kfix_words '${optionNames(options)}'; else ${words}; fi ;;`;
}

function optionNames(options: readonly OptionParts[]): string {
  return options.flatMap((option) => option.names).join(" ");
}

function complete(takes: Takes | undefined): string {
  if (takes === undefined) return ":";
  if (takes === "files") return "_kfix_files -f";
  if (takes === "folders") return "_kfix_files -d";
  if (takes === "trees") return "_kfix_trees";
  if (takes === "sources") return "_kfix_sources";
  return `_kfix_words '${takes.join(" ")}'`;
}
