import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { listDevices, loadDevice } from "../../device/catalogue.ts";
import type { Device } from "../../device/types.ts";
import { ChipError } from "../../errors.ts";
import { checkOutputFile, writeFileAtomic } from "../../formats/atomic-file.ts";
import {
  fitsBeforeSplit,
  type MapOptions,
  type MapResult,
  mapNetwork,
  type NeedHave,
} from "../../mapper/map-network.ts";
import { toSamna } from "../../mapper/samna.ts";
import type { Network } from "../../network/types.ts";
import { formatCount } from "../../units.ts";
import { encodeChip } from "../../wire/chip-codec.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { formatFitMatrix } from "../fit-matrix.ts";
import { loadNetwork, sha256Of } from "../load.ts";
import type { MapFlags } from "../map-commands.ts";
import { bold, formatTable } from "../table.ts";

/** `map NET --device NAME -o chip.pb`. */
export async function map(net: string, flags: MapFlags, context: CommandContext): Promise<CommandResult> {
  await checkOutputs(flags, context.force);
  const device = await loadDevice(flags.device);
  context.log.info({ network: net, device: device.spec.name, deviceHash: device.hash }, "map");
  const { name, sha256, network } = await loadNetwork(net);
  const options: MapOptions = {
    quantize: flags.quantize,
    networkName: name,
    networkSha256: sha256,
    seed: context.seed,
    objective: flags.objective,
    split: flags.split,
    // Asked only when the network does not fit; only their numbers count.
    otherDevices: (await listDevices()).map((spec): Device => ({ spec, hash: "" })),
    ...(flags.inputShape ? { inputShape: flags.inputShape } : {}),
  };
  let result = mapOrExplain(network, device, options, flags);
  if (flags.calibrate !== undefined) {
    const spikes = await measuredSpikes(flags.calibrate, result, device, flags.limit, context);
    result = mapNetwork(network, device, { ...options, spikes });
  }
  const samna = flags.samna === undefined ? undefined : JSON.stringify(toSamna(result.config, device.spec));
  const bytes = encodeChip(result.config);
  await writeFileAtomic(flags.output, bytes, { force: context.force });
  if (flags.samna !== undefined && samna !== undefined) {
    await writeFileAtomic(flags.samna, new TextEncoder().encode(`${samna}\n`), { force: context.force });
  }
  const chipSha256 = sha256Of(bytes);
  return {
    json: {
      device: device.spec.name,
      deviceHash: device.hash,
      network: { name, sha256 },
      quantize: flags.quantize,
      layers: result.layers,
      optimal: result.placement.optimal,
      objective: result.placement.objective,
      load: flags.calibrate === undefined ? "estimated" : "measured",
      seed: context.seed,
      bytes: bytes.length,
      sha256: chipSha256,
    },
    text: describe(result, flags, device.spec.title, bytes.length, chipSha256),
    warnings: result.warnings,
  };
}

/** Before any work, so that nothing is left behind when the second file cannot be written. */
async function checkOutputs(flags: MapFlags, force: boolean): Promise<void> {
  await checkOutputFile(flags.output, { force });
  if (flags.samna === undefined) return;
  await checkOutputFile(flags.samna, { force });
  if (resolve(flags.samna) === resolve(flags.output)) {
    throw new ChipError("E_OPTION", `-o and --samna both name ${flags.output}; give two names.`);
  }
}

/** When the answer is no, the matrix helps most. */
function mapOrExplain(network: Network, device: Device, options: MapOptions, flags: MapFlags): MapResult {
  try {
    return mapNetwork(network, device, options);
  } catch (error) {
    if (flags.explain && error instanceof ChipError && error.code === "E_NO_PLACEMENT") {
      process.stderr.write(`${formatFitMatrix(fitsBeforeSplit(network, device, options))}\n`);
    }
    throw error;
  }
}

/** Spikes of every layer per input event, over the recordings of a set, or of one file. */
async function measuredSpikes(
  path: string,
  { config }: MapResult,
  device: Device,
  limit: number,
  context: CommandContext,
): Promise<ReadonlyMap<string, number>> {
  const { readInputEvents } = await import("../../evaluate/samples.ts");
  const { measureActivity } = await import("../../study/measure-activity.ts");
  const found = await stat(path).catch(() => undefined);
  const files = found?.isDirectory() ? await filesOf(path, limit) : [path];
  async function* recordings() {
    for (const file of files) yield (await readInputEvents(file, config.input.shape, {})).events;
  }
  return measureActivity(config, device, recordings(), context.signal);
}

async function filesOf(folder: string, limit: number): Promise<readonly string[]> {
  const { openDataset } = await import("../../formats/dataset.ts");
  return (await openDataset(folder, { limit })).samples.map(({ file }) => file);
}

function describe(result: MapResult, flags: MapFlags, title: string, bytes: number, sha256: string): string {
  const words = ({ need, have }: NeedHave): string =>
    `${formatCount(need)} / ${formatCount(have)}${have > 0 ? ` (${((100 * need) / have).toFixed(0)} %)` : ""}`;
  const split = new Set(result.layers.flatMap(({ part }) => (part ? [part.layer] : [])));
  const table = formatTable(
    [
      { title: "layer" },
      { title: "core", align: "right" },
      { title: "kernel words", align: "right" },
      { title: "neuron words", align: "right" },
      { title: "leak words", align: "right" },
      { title: "scale", align: "right" },
      { title: "threshold", align: "right" },
      { title: "low", align: "right" },
    ],
    result.layers.map((layer) => [
      layer.name,
      layer.core,
      words(layer.kernelWords),
      words(layer.neuronWords),
      words(layer.leakWords),
      layer.scale.toPrecision(5),
      layer.threshold,
      layer.thresholdLow,
    ]),
  );
  const { objective, optimal } = result.placement;
  return [
    `${bold(title)}: ${result.layers.length} cores, placed for ${objective}${optimal ? " (proven best)" : ""}`,
    table,
    ...[...split].map((layer) => splitText(layer, result)),
    ...(flags.explain ? ["", formatFitMatrix(result.fits, result.placement.coreOf)] : []),
    `${flags.output}: ${formatCount(bytes)} bytes, sha256 ${sha256}`,
  ].join("\n");
}

/** `conv2 is split: features 0-31 on core 3, 32-63 on core 4`. */
function splitText(layer: string, { layers }: MapResult): string {
  const parts = layers.flatMap(({ part, core }) =>
    part?.layer === layer ? [`${part.from}-${part.to - 1} on core ${core}`] : [],
  );
  return `${layer} is split: features ${parts.join(", ")}`;
}
