import { type Command, InvalidArgumentError } from "commander";
import type { CommandResult, CommonOptions } from "./context.ts";
import { runCommand } from "./run-command.ts";

/** What `--device` is for where a chip.pb names its device itself. */
export const OWN_DEVICE = "the device file that a chip was mapped for, when it is one of your own";

/** A command with the options that every command takes. */
export function add(parent: Command, nameAndArguments: string, description: string): Command {
  return parent
    .command(nameAndArguments)
    .description(description)
    .option("--json", "print exactly one JSON document")
    .option("--quiet", "no warnings, no progress")
    .option("--verbose", "log what happens, to stderr")
    .option("--debug", "log more, and show the stack of an error")
    .option("--seed <n>", "seed of everything random, recorded in every artefact", wholeNumber)
    .option("--no-color", "no colours");
}

/**
 * Commander hands over the arguments, then the options, then the command itself; the body gets arguments, options and
 * the context.
 */
// biome-ignore lint/suspicious/noExplicitAny: commander's own handler type is untyped
export function run(body: (...args: any[]) => Promise<CommandResult>): (...args: any[]) => Promise<void> {
  return async (...args) => {
    const own = args.slice(0, -1);
    await runCommand(own.at(-1) as CommonOptions, (context) => body(...own, context));
  };
}

export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new InvalidArgumentError("give a whole number, 0 or more.");
  return value;
}

export function positiveInteger(text: string): number {
  const value = wholeNumber(text);
  if (value === 0) throw new InvalidArgumentError("give a whole number above 0.");
  return value;
}

export function positiveNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value) || value <= 0)
    throw new InvalidArgumentError("give a number above 0.");
  return value;
}

export function choice<T extends string>(...allowed: readonly T[]): (text: string) => T {
  return (text) => {
    if (!(allowed as readonly string[]).includes(text))
      throw new InvalidArgumentError(`one of: ${allowed.join(", ")}.`);
    return text as T;
  };
}

export function sensorSize(text: string): readonly [number, number] {
  const match = /^(\d+)x(\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError("give width x height, such as 128x128.");
  return [Number(match[1]), Number(match[2])];
}

export function inputShape(text: string): readonly [number, number, number] {
  const match = /^(\d+),(\d+),(\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError("give features,height,width, such as 2,34,34.");
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}
