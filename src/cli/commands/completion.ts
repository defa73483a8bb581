import type { Command } from "commander";
import { ChipError } from "../../errors.ts";

interface Entry {
  readonly path: string;
  readonly words: readonly string[];
}

/**
 * A completion script for sub-commands and options; file names complete as the shell does it.
 *
 * @throws ChipError E_OPTION for a shell that is not known
 */
export function completionScript(shell: string, program: Command): string {
  const entries = collect(program, "");
  if (shell === "bash") return bash(entries);
  if (shell === "zsh") return `autoload -U +X bashcompinit && bashcompinit\n${bash(entries)}`;
  if (shell === "fish") return fish(program);
  throw new ChipError("E_OPTION", `no completion for the shell "${shell}"; there is one for bash, zsh and fish.`);
}

function collect(command: Command, path: string): Entry[] {
  const words = [
    ...command.commands.map((child) => child.name()),
    ...command.options
      .flatMap((option) => [option.long, option.short])
      .filter((word) => word !== undefined && word !== null),
  ];
  return [{ path, words }, ...command.commands.flatMap((child) => collect(child, `${path} ${child.name()}`.trim()))];
}

function bash(entries: readonly Entry[]): string {
  const cases = entries.map((entry) => `    "${entry.path}") words="${entry.words.join(" ")}" ;;`);
  return [
    "_spikewright() {",
    '  local current="${COMP_WORDS[COMP_CWORD]}" path="" words="" word',
    '  for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
    '    case "$word" in -*) ;; *) path="${path:+$path }$word" ;; esac',
    "  done",
    "  while :; do",
    '    case "$path" in',
    ...cases,
    "    esac",
    '    [ -n "$words" ] || [ -z "$path" ] && break',
    '    case "$path" in *" "*) path="${path% *}" ;; *) path="" ;; esac',
    "  done",
    '  COMPREPLY=( $(compgen -W "$words" -- "$current") )',
    "}",
    "complete -o default -F _spikewright spikewright",
  ].join("\n");
}

function fish(program: Command): string {
  const quote = (text: string): string => `'${text.replaceAll("'", "\\'")}'`;
  const lines: string[] = [];
  for (const child of program.commands) {
    lines.push(`complete -c spikewright -n __fish_use_subcommand -a ${child.name()} -d ${quote(child.description())}`);
    for (const option of child.options) {
      const name = option.long ? `-l ${option.long.slice(2)}` : "";
      lines.push(
        `complete -c spikewright -n ${quote(`__fish_seen_subcommand_from ${child.name()}`)} ${name} -d ${quote(option.description)}`,
      );
    }
  }
  return lines.join("\n");
}
