import { Command, type CommanderError } from "commander";
import type { Normalization } from "../formats/image-values.ts";
import { VERSION } from "../version.ts";
import type { CommandContext, CommonOptions } from "./context.ts";
import { addConvertCommand } from "./convert-command.ts";
import { add, choice, OWN_DEVICE, positiveInteger, positiveNumber, run } from "./define.ts";
import { addEventsCommands } from "./events-commands.ts";
import type { EmulateFlags, InputFlags } from "./input-flags.ts";
import { addLinkCommands } from "./link-commands.ts";
import { addMapCommands } from "./map-commands.ts";
import { type ReadFlags, readOptions, recordingOptions } from "./read-flags.ts";
import { EXIT, runCommand, writeUsageError } from "./run-command.ts";
import { addTrainCommand } from "./train-command.ts";

/**
 * The command tree. Each body lives in its own file and is imported when its command runs, so that `--help` loads
 * nothing but this.
 */
export function buildProgram(): Command {
  const program = new Command("spikewright")
    .description("Train, map, emulate and deploy spiking CNNs on DynapCNN-style neuromorphic chips.")
    .version(VERSION, "-V, --version")
    .showHelpAfterError("(add --help for the options)")
    .showSuggestionAfterError();

  add(program, "devices [name]", "list the known chips, or show one in full with the evidence of every number").action(
    run((name: string | undefined) => import("./commands/devices.ts").then((m) => m.devices(name))),
  );

  readOptions(add(program, "inspect <file>", "say what a file is, with its main figures"))
    .option("--device <name>", OWN_DEVICE)
    .action(
      run((file: string, options: InspectFlags, context: CommandContext) =>
        import("./commands/inspect.ts").then((m) => m.inspect(file, options, context)),
      ),
    );

  addEventsCommands(program);
  addConvertCommand(program);

  addMapCommands(program);

  inputOptions(add(program, "emulate <chip>", "run one recording on the emulated chip"))
    .requiredOption("--events <file>", "recording")
    .option("--device <name>", OWN_DEVICE)
    .option("--energy <preset>", "energy preset of the device, or a file", "literature")
    .option("--monitor <layer...>", "also keep the spikes of these layers")
    .option("--duration <time>", "duration for idle energy and rates, instead of last minus first event")
    .option(
      "--kernel <kernel>",
      "auto | simd | reference: they differ in speed only",
      choice("auto", "simd", "reference"),
    )
    .option("--trace <file>", "write a trace of a run with time: .json for Perfetto, .vcd for GTKWave")
    .option("--saturation", "also find the input rate at which the network saturates")
    .option("--strict", "saturation, residues and drops are errors")
    .option("-o, --output <out.npz>", "write output and monitored events")
    .option("--force", "replace an existing output")
    .action(
      run((chip: string, options: EmulateFlags, context: CommandContext) =>
        import("./commands/emulate.ts").then((m) => m.emulate(chip, options, context)),
      ),
    );

  inputOptions(add(program, "evaluate <model>", "run a labelled set: accuracy, SynOps and energy a sample"))
    .requiredOption("--data <set>", "folder with labels.csv, or with one sub-folder a class")
    .option("--split <name>", "rows whose split column has this value")
    .option("--ids <list>", "samples by id, such as 1..200,60004")
    .option("--limit <n>", "the first n samples only", positiveInteger)
    .option("--slice <n|time>", "cut recordings into slices of n events or of a time, each a sample")
    .option("--energy <preset>", "energy preset of the device, or a file", "literature")
    .option(
      "--lower-bound <what>",
      "none | threshold: of a network that gives none, in timestep mode (default: none; sinabs: threshold)",
      choice("none", "threshold"),
    )
    .option("--device <name>", `${OWN_DEVICE}; of a network: the device whose prices hold (default: virtual)`)
    .option("--steps <n>", "images: steps for which each is shown (default: 10)", positiveInteger)
    .option("--normalize <range>", "images: 0..1 | -1..1 | none (default: 0..1)", choice("0..1", "-1..1", "none"))
    .option("--input-scale <factor>", "images: factor on every pixel after that", positiveNumber)
    .option("--workers <n>", "worker threads (default: one a processor core)", positiveInteger)
    .option("-o, --output <dir>", "folder for samples.jsonl; the same command resumes there")
    .option("--force", "start again in a folder of another job")
    .action(
      run((chip: string, options: EvaluateFlags, context: CommandContext) =>
        import("./commands/evaluate.ts").then((m) => m.evaluate(chip, options, context)),
      ),
    );

  addTrainCommand(program);
  addLinkCommands(program);

  add(program, "demo", "the main job on recordings that the program simulates")
    .option("-o, --output <dir>", "folder for all files made on the way", "spikewright-demo")
    .option("--force", "replace the files of an earlier demo")
    .action(
      run((options: DemoFlags, context: CommandContext) =>
        import("./commands/demo.ts").then((m) => m.demo(options, context)),
      ),
    );

  program
    .command("completion <shell>")
    .description("print a completion script for bash, zsh or fish")
    .option("--json", "print exactly one JSON document")
    .action(async (shell: string, options: CommonOptions) => {
      const { completionScript } = await import("./commands/completion.ts");
      await runCommand(options, async () => {
        const text = completionScript(shell, program);
        return { json: { shell, script: text }, text };
      });
    });

  exitAsUsage(program);
  return program;
}

export interface EvaluateFlags extends InputFlags {
  readonly device?: string;
  readonly data: string;
  readonly split?: string;
  readonly ids?: string;
  readonly limit?: number;
  readonly slice?: string;
  readonly steps?: number;
  readonly normalize?: Normalization;
  readonly inputScale?: number;
  readonly energy: string;
  readonly workers?: number;
  readonly output?: string;
}
export interface InspectFlags extends ReadFlags {
  readonly device?: string;
}
export interface DemoFlags {
  readonly output: string;
}

/** How a recording becomes input events, and how the emulator runs it. */
function inputOptions(command: Command): Command {
  return recordingOptions(command)
    .option(
      "--mode <mode>",
      "event: as the chip; timestep: binned, as the training literature",
      choice("event", "timestep"),
      "event",
    )
    .option("--dt <time>", "length of a step in timestep mode (default: 1ms)")
    .option("--spikes <how>", "multi | single spikes a step in timestep mode", choice("multi", "single"))
    .option("--timing", "event mode with time: queues, back-pressure, latencies");
}

/** Wrong usage ends with code 2; help and version with 0. */
function exitAsUsage(command: Command): void {
  command.exitOverride((error: CommanderError) => {
    if (error.exitCode === 0) process.exit(EXIT.done);
    // The options were not understood, so whether --json was meant is read off the words themselves.
    if (process.argv.includes("--json")) writeUsageError(error.message);
    process.exit(EXIT.usage);
  });
  for (const child of command.commands) exitAsUsage(child);
}
