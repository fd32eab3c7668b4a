import type { Takes } from "../definition.ts";
import { ANY_SOURCE, type CommandLine, NAMES_OF_SOURCES, type OptionParts } from "./command-line.ts";

/** The completion of fish, a line of complete(1) for each thing to say. */
export function fishCompletion(commands: readonly CommandLine[]): string {
  const names = commands.filter(({ path }) => path.length > 0).map(({ path }) => quote(path.join(" ")));
  return `# fish completion of kfix; made by: kfix completion fish

# Which command the words before the cursor call: "source add".
function __kfix_command
    set -l command ''
    for word in (commandline -opc)[2..-1]
        set -l longer (string trim "$command $word")
        contains -- $longer ${names.join(" ")}; and set command $longer
    end
    test "$command" = "$argv[1]"
end

# Names of indexed sources, of one kind or of all.
function __kfix_sources
    set -l kind $argv '${ANY_SOURCE}'
    kfix source list 2>/dev/null | awk -v kind=$kind[1] '${NAMES_OF_SOURCES}'
end

complete -c kfix -f
${commands.flatMap(lines).join("\n")}
`;
}

function lines({ path, options, subcommands, takes }: CommandLine): string[] {
  const here = `complete -c kfix -n ${quote(`__kfix_command ${quote(path.join(" "))}`)}`;
  return [
    ...subcommands.map((sub) => `${here} -a ${sub.name} -d ${quote(sub.summary)}`),
    ...(takes === undefined ? [] : [`${here} ${words(takes)}`]),
    ...options.map((option) => `${here} ${optionWords(option)} -d ${quote(option.help)}`),
  ];
}

function optionWords({ names, value, valueOptional, takes }: OptionParts): string {
  const spelled = names.map((name) =>
    name.startsWith("--") ? `-l ${name.slice(2)}` : `-s ${name.slice(1)}`,
  );
  const wanted =
    value === undefined || valueOptional ? "" : takes === undefined ? " -x" : ` -r ${words(takes)}`;
  return `${spelled.join(" ")}${wanted}`;
}

function words(takes: Takes): string {
  if (takes === "files") return "-F";
  if (takes === "folders") return "-f -a '(__fish_complete_directories)'";
  if (takes === "trees") return "-f -a '(__kfix_sources tree; __fish_complete_directories)'";
  if (takes === "sources") return "-f -a '(__kfix_sources)'";
  return `-f -a ${quote(takes.join(" "))}`;
}

/** As fish quotes: only a backslash and a quote mean something inside. */
function quote(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}
