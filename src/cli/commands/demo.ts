import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { loadDevice } from "../../device/catalogue.ts";
import { resolvePreset } from "../../energy/preset-file.ts";
import { ChipError } from "../../errors.ts";
import { evaluateSet } from "../../evaluate/evaluate.ts";
import { summarize } from "../../evaluate/summarize.ts";
import { selectPolarity } from "../../events/address.ts";
import { accumulate } from "../../events/frames.ts";
import { type DemoSet, simulateDemoSet } from "../../events/simulate/demo-set.ts";
import { makeFolder, outputFileError, writeFileAtomic } from "../../formats/atomic-file.ts";
import { writeEvents } from "../../formats/event-files.ts";
import { writeNir } from "../../formats/nir.ts";
import { mapNetwork } from "../../mapper/map-network.ts";
import { framePreview } from "../../report/raster.ts";
import { demoNetwork } from "../../study/demo-network.ts";
import { formatCount, formatSi } from "../../units.ts";
import { VERSION } from "../../version.ts";
import { encodeChip } from "../../wire/chip-codec.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { sha256Of } from "../load.ts";
import type { DemoFlags } from "../program.ts";
import { bold, formatFields, formatTable } from "../table.ts";
import { chipPage } from "./report.ts";

const DEVICE = "speck2f";
const PER_CLASS = 8;
const SUMMARY = "demo.json";
const REPORT = "report.html";
const NOTE = "untrained demo weights";

/** `demo`: simulate recordings, map a network, emulate, count, price; every artefact a file in the output folder. */
export async function demo(flags: DemoFlags, context: CommandContext): Promise<CommandResult> {
  const folder = flags.output;
  const recordings = join(folder, "recordings");
  const write = { force: true };
  await claimFolder(folder, context.force);
  // An interrupted demo left this, so that the same command may go over its folder.
  await writeFileAtomic(join(folder, SUMMARY), `${JSON.stringify({ note: NOTE, state: "running" }, null, 2)}\n`, write);
  await makeFolder(recordings);

  const set = simulateDemoSet({ seed: context.seed, perClass: PER_CLASS });
  for (const { id, events } of set.samples)
    await writeFileAtomic(join(recordings, `${id}.npz`), await writeEvents(events, "npz"), write);
  await writeFileAtomic(join(recordings, "labels.csv"), labelsCsv(set), write);

  const network = demoNetwork();
  const nir = await writeNir(network);
  await writeFileAtomic(join(folder, "net.nir"), nir, write);

  const device = await loadDevice(DEVICE);
  const mapped = mapNetwork(network, device, {
    networkName: "net.nir",
    networkSha256: sha256Of(nir),
    seed: context.seed,
  });
  const chip = encodeChip(mapped.config);
  await writeFileAtomic(join(folder, "chip.pb"), chip, write);

  const bar = context.progress("emulate");
  const results = await evaluateSet(
    {
      id: sha256Of(chip),
      model: chip,
      modelName: "chip.pb",
      device,
      data: "recordings",
      mode: { mode: "event" },
      input: {},
    },
    set.samples.map(({ id, label }) => ({ id, label, source: { file: join(recordings, `${id}.npz`) } })),
    { workers: Math.min(2, availableParallelism()), signal: context.signal, onProgress: bar.update },
  );
  bar.end();
  const summary = summarize(results, device, await resolvePreset(undefined, device.spec));
  const answer = {
    note: NOTE,
    accuracy: null,
    samples: summary.samples,
    synOpsPerSample: summary.synOpsPerSample.mean,
    energyPerSampleJ: summary.energyPerSample.mean,
    energy: summary.energyPerSample,
    layers: mapped.layers,
    device: DEVICE,
    deviceHash: device.hash,
    tool: `spikewright ${VERSION}`,
    seed: context.seed,
    report: REPORT,
  };
  const page = chipPage(
    { bytes: chip, sha256: sha256Of(chip), config: mapped.config, device },
    {
      title: "SynOps a simulated recording, measured",
      taps: new Map(summary.layers.map(({ core, taps }) => [core, taps])),
      figures: { samples: summary.samples, synOps: summary.synOpsPerSample.mean },
    },
  );
  await writeFileAtomic(join(folder, REPORT), page, write);
  await writeFileAtomic(join(folder, SUMMARY), `${JSON.stringify(answer, null, 2)}\n`, write);
  return {
    json: { ...answer, report: join(folder, REPORT), folder },
    text: describe(set, mapped.layers, summary, folder),
    warnings: mapped.warnings,
  };
}

/** A folder of our own is written over; one that holds something else is not, unless the user says so. */
async function claimFolder(folder: string, force: boolean): Promise<void> {
  await makeFolder(folder);
  const present = await readdir(folder).catch((error: unknown) => {
    throw outputFileError(folder, error);
  });
  if (present.length === 0 || present.includes(SUMMARY) || force) return;
  throw new ChipError(
    "E_FILE_EXISTS",
    `${folder} holds files that no demo made; name another folder with -o, or use --force.`,
  );
}

function labelsCsv(set: DemoSet): string {
  return ["id,label", ...set.samples.map(({ id, label }) => `${id},${label}`), ""].join("\n");
}

function describe(
  set: DemoSet,
  layers: ReturnType<typeof mapNetwork>["layers"],
  summary: ReturnType<typeof summarize>,
  folder: string,
): string {
  const first = set.samples[0] as DemoSet["samples"][number];
  const [width, height] = first.events.sensor as readonly [number, number];
  const table = formatTable(
    [
      { title: "layer" },
      ...["core", "kernel words", "neuron words", "events in", "SynOps", "spikes"].map((title) => ({
        title,
        align: "right" as const,
      })),
    ],
    layers.map((layer, i) => {
      const mean = summary.layers[i] as (typeof summary.layers)[number];
      return [
        layer.name,
        layer.core,
        layer.kernelWords.need,
        layer.neuronWords.need,
        ...[mean.eventsIn, mean.taps, mean.spikes].map((v) => formatCount(Math.round(v))),
      ];
    }),
  );
  const energy = summary.energyPerSample;
  return [
    bold(`${set.samples.length} simulated recordings of ${set.classes.join(", ")} on an emulated ${DEVICE} (${NOTE})`),
    "",
    framePreview(accumulate(selectPolarity(first.events, "merge").events, [1, height, width]), width, height),
    `${first.id}: ${formatCount(first.events.t.length)} events`,
    "",
    table,
    "means a recording",
    "",
    formatFields([
      ["SynOps a recording", formatSi(summary.synOpsPerSample.mean, "")],
      [
        "energy a recording",
        `${formatSi(energy.mean, "J")} estimated (${formatSi(energy.perSynOpJ, "J")} a SynOp, evidence: ${energy.evidence})`,
      ],
      ["idling beside it", formatSi(energy.idleJ, "J")],
      ["files", `${folder}/: recordings, net.nir, chip.pb, report.html`],
      ["go on with", `npx spikewright evaluate ${folder}/chip.pb --data ${folder}/recordings`],
    ]),
  ].join("\n");
}
