import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { loadDevice } from "../../device/catalogue.ts";
import { resolvePreset } from "../../energy/preset-file.ts";
import { ChipError } from "../../errors.ts";
import { evaluateSet } from "../../evaluate/evaluate.ts";
import { summarize } from "../../evaluate/summarize.ts";
import type { DemoSet } from "../../events/simulate/demo-set.ts";
import { makeFolder, outputFileError, writeFileAtomic } from "../../formats/atomic-file.ts";
import { writeEvents } from "../../formats/event-files.ts";
import { readInputFile } from "../../formats/input-file.ts";
import { mapNetwork } from "../../mapper/map-network.ts";
import { frameSimulated, simulate } from "../../trainer/data/open-data.ts";
import { layOut } from "../../trainer/layout.ts";
import { loadRecipe } from "../../trainer/load-recipe.ts";
import type { SimulatedData } from "../../trainer/recipe.ts";
import { trainInFolder } from "../../trainer/training-folder.ts";
import type { EpochRecord, Measured } from "../../trainer/training-state.ts";
import { VERSION } from "../../version.ts";
import { encodeChip } from "../../wire/chip-codec.ts";
import { type CommandContext, type CommandResult, throwIfInterrupted } from "../context.ts";
import { type DemoOutcome, demoSections, demoText } from "../demo-report.ts";
import { sha256Of } from "../load.ts";
import type { DemoFlags } from "../program.ts";
import { chipPage } from "./report.ts";

const RECIPE = "demo";
const DEVICE = "speck2f";
const SUMMARY = "demo.json";
const REPORT = "report.html";
const TOOL = `spikewright ${VERSION}`;

/**
 * `demo`: simulate recordings, train a network to a budget of SynOps, map it, emulate recordings that it has not seen,
 * count, price; every artefact a file in the output folder. An interrupted demo goes on where its training was.
 */
export async function demo(flags: DemoFlags, context: CommandContext): Promise<CommandResult> {
  const { seed, signal } = context;
  const folder = flags.output;
  const write = { force: true };
  const before = await claimFolder(folder, context.force);
  // An interrupted demo leaves this, so that the same command may go over its folder.
  const running = { state: "running", tool: TOOL, seed };
  await writeFileAtomic(join(folder, SUMMARY), `${JSON.stringify(running, null, 2)}\n`, write);

  const recipe = await loadRecipe(RECIPE);
  const { input } = recipe.network;
  const data = recipe.data as SimulatedData;
  const expected = { input, outputs: layOut(recipe.network).output[0] };
  const set = simulate(data, expected, seed);
  const sets = await frameSimulated(data, set, expected, { seed, signal });
  await writeRecordings(join(folder, "recordings"), set, sets.testIds);
  await throwIfInterrupted(context);

  const training = context.progress("train");
  const { summary: trained, result } = await trainInFolder(join(folder, "training"), recipe, sets, {
    backend: "auto",
    // One, whatever the machine has: the number of workers is part of what fixes the result.
    workers: 1,
    seed,
    signal,
    force: context.force || before?.seed !== seed || before?.tool !== TOOL,
    now: () => performance.now(),
    data: "simulated",
    onProgress: ({ samples, totalSamples }) => training.update(samples, totalSamples),
  }).finally(() => training.end());
  const nir = await readInputFile(join(folder, "training", "net.nir"));
  await writeFileAtomic(join(folder, "net.nir"), nir, write);

  const device = await loadDevice(DEVICE);
  const mapped = mapNetwork(result.network, device, {
    networkName: "net.nir",
    networkSha256: sha256Of(nir),
    seed,
  });
  const chip = encodeChip(mapped.config);
  await writeFileAtomic(join(folder, "chip.pb"), chip, write);

  const emulating = context.progress("emulate");
  const unseen = set.samples.filter(({ id }) => sets.testIds.includes(id));
  const results = await evaluateSet(
    {
      id: sha256Of(chip),
      model: chip,
      modelName: "chip.pb",
      device,
      data: "recordings",
      mode: { mode: "event" },
      input: {},
      slice: { events: data.eventsPerFrame },
    },
    unseen.map(({ id, label }) => ({ id, label, source: { file: join(folder, "recordings", `${id}.npz`) } })),
    { workers: Math.min(2, availableParallelism()), signal, onProgress: emulating.update },
  ).finally(() => emulating.end());
  const summary = summarize(results, device, await resolvePreset(undefined, device.spec));

  const outcome: DemoOutcome = {
    folder,
    classes: set.classes,
    recordings: { trained: sets.trainIds.length, unseen },
    eventsPerSample: data.eventsPerFrame,
    free: lastOf(result.history, recipe.phases[0].name),
    budget: recipe.phases.at(-1)?.synOps?.target ?? trained.synOps,
    trained,
    layers: mapped.layers,
    summary,
    device: DEVICE,
  };
  const answer = {
    accuracy: summary.accuracy,
    samples: summary.samples,
    recordings: unseen.length,
    eventsPerSample: data.eventsPerFrame,
    synOpsPerSample: summary.synOpsPerSample.mean,
    energyPerSampleJ: summary.energyPerSample.mean,
    energy: summary.energyPerSample,
    targetSynOps: outcome.budget,
    withoutBudget: { accuracy: outcome.free.accuracy, synOps: outcome.free.synOps, layers: outcome.free.layers },
    predicted: { accuracy: trained.accuracy, synOps: trained.synOps, layers: trained.layers },
    layers: mapped.layers,
    device: DEVICE,
    deviceHash: device.hash,
    backend: trained.backend,
    kernels: trained.kernels,
    tool: TOOL,
    seed,
    report: REPORT,
  };
  const page = chipPage(
    { bytes: chip, sha256: sha256Of(chip), config: mapped.config, device },
    {
      title: "SynOps a sample, measured",
      taps: new Map(summary.layers.map(({ core, taps }) => [core, taps])),
      figures: { samples: summary.samples, synOps: summary.synOpsPerSample.mean, accuracy: summary.accuracy },
    },
    demoSections(outcome),
  );
  await throwIfInterrupted(context);
  await writeFileAtomic(join(folder, REPORT), page, write);
  await writeFileAtomic(join(folder, SUMMARY), `${JSON.stringify(answer, null, 2)}\n`, write);
  return {
    json: { ...answer, report: join(folder, REPORT), folder },
    text: demoText(outcome),
    warnings: mapped.warnings,
  };
}

/** What the test samples cost at the end of a phase. */
function lastOf(history: readonly EpochRecord[], phase: string): Measured {
  return history.findLast((record) => record.phase === phase && record.test !== null)?.test as Measured;
}

/**
 * A folder of our own is written over; one that holds something else is not, unless the user says so.
 *
 * @returns seed and tool of the demo that was there
 */
async function claimFolder(
  folder: string,
  force: boolean,
): Promise<{ readonly seed?: number; readonly tool?: string } | undefined> {
  await makeFolder(folder);
  const present = await readdir(folder).catch((error: unknown) => {
    throw outputFileError(folder, error);
  });
  if (present.length === 0 || force) return undefined;
  if (!present.includes(SUMMARY)) {
    throw new ChipError(
      "E_FILE_EXISTS",
      `${folder} holds files that no demo made; name another folder with -o, or use --force.`,
    );
  }
  try {
    return JSON.parse(new TextDecoder().decode(await readInputFile(join(folder, SUMMARY)))) as { seed?: number };
  } catch {
    // Damaged: what its training was of is not known, so that it begins again.
    return undefined;
  }
}

/** The recordings that the network is not trained on, labelled, for the other commands to try. */
async function writeRecordings(folder: string, { classes, samples }: DemoSet, ids: readonly string[]): Promise<void> {
  await makeFolder(folder);
  const chosen = samples.filter(({ id }) => ids.includes(id));
  for (const { id, events } of chosen)
    await writeFileAtomic(join(folder, `${id}.npz`), await writeEvents(events, "npz"), { force: true });
  const rows = chosen.map(({ id, label }) => `${id},${classes[label]}`);
  await writeFileAtomic(join(folder, "labels.csv"), ["id,label", ...rows, ""].join("\n"), { force: true });
}
