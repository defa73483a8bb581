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
  const lines: string[] = [];
  for (const child of program.commands) {
    lines.push(fishWord("__fish_use_subcommand", child));
    const within = `__fish_seen_subcommand_from ${child.name()}`;
    lines.push(...fishOptions(within, child));
    const names = child.commands.map((grandchild) => grandchild.name()).join(" ");
    for (const grandchild of child.commands) {
      lines.push(fishWord(`${within}; and not __fish_seen_subcommand_from ${names}`, grandchild));
      lines.push(...fishOptions(`${within}; and __fish_seen_subcommand_from ${grandchild.name()}`, grandchild));
    }
  }
  return lines.join("\n");
}

function fishWord(when: string, command: Command): string {
  return `complete -c spikewright -n ${quoted(when)} -a ${command.name()} -d ${quoted(command.description())}`;
}

function fishOptions(when: string, command: Command): string[] {
  return command.options.map((option) => {
    const long = option.long ? ` -l ${option.long.slice(2)}` : "";
    const short = option.short ? ` -s ${option.short.slice(1)}` : "";
    return `complete -c spikewright -n ${quoted(when)}${long}${short} -d ${quoted(option.description)}`;
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
