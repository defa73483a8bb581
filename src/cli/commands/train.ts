import { basename, join, resolve } from "node:path";
import { makeFolder, writeFileAtomic } from "../../formats/atomic-file.ts";
import { openTrainingData } from "../../trainer/data/open-data.ts";
import type { OpenedData } from "../../trainer/data/opened.ts";
import { layOut } from "../../trainer/layout.ts";
import { loadRecipe } from "../../trainer/load-recipe.ts";
import type { DataSpec, Recipe } from "../../trainer/recipe.ts";
import { totalEpochs, withEpochs, withTarget } from "../../trainer/schedule.ts";
import { type TrainSummary, trainInFolder } from "../../trainer/training-folder.ts";
import type { EpochRecord } from "../../trainer/training-state.ts";
import { formatCount, formatSi } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { bold, formatFields, formatTable } from "../table.ts";
import type { TrainFlags } from "../train-command.ts";

/** `train RECIPE -o DIR`. */
export async function trainCommand(
  nameOrPath: string,
  flags: TrainFlags,
  context: CommandContext,
): Promise<CommandResult> {
  const recipe = await chosenRecipe(nameOrPath, flags);
  const data = await openData(recipe, flags, context);
  context.log.info(
    { recipe: recipe.name, train: data.train.size, test: data.test.size, epochs: totalEpochs(recipe), ...flags },
    "train",
  );
  const bar = context.progress("train");
  const { summary, result } = await trainInFolder(flags.output, recipe, data, {
    backend: flags.backend,
    workers: flags.workers,
    seed: context.seed,
    signal: context.signal,
    force: context.force,
    resume: flags.resume === true,
    now: () => performance.now(),
    data: { path: flags.data === undefined ? null : basename(resolve(flags.data)), ...partsOf(flags) },
    onProgress: ({ samples, totalSamples }) => bar.update(samples, totalSamples),
    onEpoch: (record) => {
      context.log.info(record, "epoch");
      bar.note(epochLine(record, totalEpochs(recipe)));
    },
  }).finally(() => bar.end());
  context.log.info({ backend: result.backend, wallMs: summary.wallMs }, "trained");
  await writeParts(flags.output, data);
  return {
    json: {
      ...summary,
      backendReasons: result.backend.reasons,
      netFile: join(flags.output, "net.nir"),
      classes: data.classes,
      historyFile: join(flags.output, "history.jsonl"),
      evaluateFlags: evaluateFlags(recipe.data),
    },
    text: describe(summary, flags.output, evaluateFlags(recipe.data)),
    warnings: data.warnings,
  };
}

async function chosenRecipe(nameOrPath: string, { epochs, targetSynops }: TrainFlags): Promise<Recipe> {
  const recipe = await loadRecipe(nameOrPath);
  const long = epochs === undefined ? recipe : withEpochs(recipe, epochs);
  return targetSynops === undefined ? long : withTarget(long, targetSynops);
}

async function openData(recipe: Recipe, flags: TrainFlags, context: CommandContext): Promise<OpenedData> {
  const { output } = layOut(recipe.network);
  const bar = context.progress("read");
  try {
    return await openTrainingData(
      recipe.data,
      { input: recipe.network.input, outputs: output[0] },
      {
        ...(flags.data === undefined ? {} : { path: flags.data }),
        ...partsOf(flags),
        seed: context.seed,
        signal: context.signal,
        onProgress: bar.update,
      },
    );
  } finally {
    bar.end();
  }
}

function partsOf({ split, testSplit, limit }: TrainFlags) {
  return {
    ...(split === undefined ? {} : { split }),
    ...(testSplit === undefined ? {} : { testSplit }),
    ...(limit === undefined ? {} : { limit }),
  };
}

/** Which samples were seen, so that `evaluate --ids` can ask for those that were not. */
async function writeParts(folder: string, { classes, trainIds, testIds }: OpenedData): Promise<void> {
  await makeFolder(folder);
  const parts = { classes, train: trainIds, test: testIds };
  await writeFileAtomic(join(folder, "parts.json"), `${JSON.stringify(parts, null, 1)}\n`, { force: true });
}

/** `epoch 3/8  train: loss 0.412, 87.1 %, 1.20 M SynOps; test: 88.0 %, 1.18 M SynOps`. */
function epochLine({ epoch, phase, loss, train, test }: EpochRecord, epochs: number): string {
  const share = (part: { readonly accuracy: number; readonly synOps: number }): string =>
    `${(100 * part.accuracy).toFixed(1)} %, ${formatSi(part.synOps, "SynOps")}`;
  const tested = test === null ? "" : `; test ${share(test)}`;
  return `epoch ${epoch}/${epochs}  ${phase}  loss ${loss.toFixed(4)}, train ${share(train)}${tested}`;
}

/** What `evaluate` must be told so that samples become what the network was trained on. */
function evaluateFlags(data: DataSpec): readonly string[] {
  if (data.type === "images") {
    return ["--mode", "timestep", ...(data.normalize === undefined ? [] : [`--normalize=${data.normalize}`])];
  }
  const { eventsPerFrame, polarity } = data;
  const downsample = data.type === "events" ? data.downsample : undefined;
  return [
    ...["--slice", String(eventsPerFrame)],
    ...(downsample === undefined ? [] : ["--downsample", String(downsample)]),
    ...(polarity === undefined ? [] : ["--polarity", polarity]),
  ];
}

function describe(summary: TrainSummary, folder: string, flags: readonly string[]): string {
  const layers = formatTable(
    [{ title: "layer" }, ...["spikes", "SynOps", "MACs"].map((title) => ({ title, align: "right" as const }))],
    summary.layers.map(({ name, spikes, synOps, macs }) => [
      name,
      formatCount(Math.round(spikes)),
      formatCount(Math.round(synOps)),
      formatCount(macs),
    ]),
  );
  return [
    `${bold(`${(100 * summary.accuracy).toFixed(2)} %`)} of ${formatCount(summary.testSamples)} samples not trained on, at ${formatSi(summary.synOps, "SynOps")} each`,
    "",
    formatFields([
      ["network", `${join(folder, "net.nir")}, ${formatCount(summary.parameters)} weights (${summary.weights})`],
      ["a plain network", `${formatSi(summary.macs, "MACs")} a sample`],
      ["trained", `${summary.epochs} epochs, ${formatCount(summary.steps)} steps, seed ${summary.seed}`],
      ["on", `${summary.backend} ${summary.backendVersion}, ${summary.kernels} kernels, ${summary.workers} worker(s)`],
      ["time", `${(summary.wallMs / 1000).toFixed(1)} s`],
      ["to evaluate it", `spikewright evaluate ${join(folder, "net.nir")} --data SET ${flags.join(" ")}`],
    ]),
    "",
    layers,
  ].join("\n");
}
