import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { add, choice, positiveInteger, positiveNumber, run } from "./define.ts";

const BACKENDS = ["auto", "node", "wasm", "cpu", "webgpu"] as const;

export interface TrainFlags {
  readonly output: string;
  readonly data?: string;
  readonly split?: string;
  readonly testSplit?: string;
  readonly limit?: number;
  readonly epochs?: number;
  readonly targetSynops?: number;
  readonly resume?: boolean;
  readonly backend: (typeof BACKENDS)[number];
  readonly workers: number;
}

/** `spikewright train`: a network by a recipe. */
export function addTrainCommand(program: Command): void {
  add(program, "train <recipe>", "train a network by a recipe: one that comes with the program, or a YAML or JSON file")
    .requiredOption(
      "-o, --output <dir>",
      "folder for net.nir, history.jsonl, summary.json; the same command resumes there",
    )
    .option("--data <set>", "labelled recordings or images; not for recipes that simulate theirs")
    .option("--split <name>", "rows, or set of images, to train on")
    .option("--test-split <name>", "rows, or set of images, to test on (default: a part is set aside)")
    .option("--limit <n>", "the first n recordings or images of each part only", positiveInteger)
    .option("--epochs <n>", "epochs in all, shared out to the recipe's phases", positiveInteger)
    .option("--target-synops <s0>", "SynOps a sample to train for (default: what the recipe says)", positiveNumber)
    .option("--resume", "go on, and refuse to begin")
    .option("--backend <name>", `what computes: ${BACKENDS.join(" | ")}`, choice(...BACKENDS), "auto")
    .option("--workers <n>", "threads that share every batch; part of what fixes the result", positiveInteger, 1)
    .option("--force", "start again in a folder of another training")
    .action(
      run((recipe: string, options: TrainFlags, context: CommandContext) =>
        import("./commands/train.ts").then((m) => m.trainCommand(recipe, options, context)),
      ),
    );
}
