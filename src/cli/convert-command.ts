import { type Command, Option } from "commander";
import type { CommandContext } from "./context.ts";
import { add, choice, positiveInteger, positiveNumber, run } from "./define.ts";

export interface ConvertFlags {
  readonly output: string;
  readonly calibrate?: string;
  readonly calibrateSplit?: string;
  readonly calibrateLimit: number;
  readonly percentile: number;
  readonly rate: number;
  readonly steps: number;
  readonly maxPool?: "average";
  readonly dropBias?: boolean;
  readonly keepBias?: boolean;
  readonly normalize: "0..1" | "-1..1" | "none";
  readonly inputScale: number;
  readonly data?: string;
  readonly split?: string;
  readonly limit?: number;
}

/** `spikewright convert`: networks of others become networks for a chip. */
export function addConvertCommand(program: Command): void {
  add(program, "convert <model>", "import a network (Keras .h5, tfjs model.json, ONNX, NIR) and write it as NIR")
    .requiredOption("-o, --output <file>", "net.nir; or model.json for a tfjs layers model, then nothing is converted")
    .option("--calibrate <images>", "make ReLUs spike: scale them by their activity on these images")
    .option("--calibrate-split <name>", "which set of images, when the folder holds several")
    .option("--calibrate-limit <n>", "the first n images only", positiveInteger, 1000)
    .option("--percentile <p>", "percent of active neurons that stay below --rate", positiveNumber, 99.9)
    .option("--rate <r>", "spikes a step at that percentile: more is finer and costs SynOps", positiveNumber, 1)
    .option("--steps <n>", "steps of one presentation; evaluate with the same", positiveInteger, 10)
    .option("--max-pool <how>", "average: replace max pools by average pools", choice("average"))
    .addOption(new Option("--drop-bias", "leave biases out").conflicts("keepBias"))
    .option("--keep-bias", "biases become leak, added once a step or slow-clock tick")
    .option("--normalize <range>", "what pixels become: 0..1 | -1..1 | none", choice("0..1", "-1..1", "none"), "0..1")
    .option("--input-scale <factor>", "factor on every pixel after that", positiveNumber, 1)
    .option("--data <images>", "labelled images: measure the accuracy before and after")
    .option("--split <name>", "which set of --data, when the folder holds several")
    .option("--limit <n>", "the first n images of --data only", positiveInteger)
    .option("--force", "replace an existing output")
    .action(
      run((model: string, flags: ConvertFlags, context: CommandContext) =>
        import("./commands/convert.ts").then((m) => m.convert(model, flags, context)),
      ),
    );
}
