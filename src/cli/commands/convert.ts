import { extname } from "node:path";
import { ChipError } from "../../errors.ts";
import { checkOutputFile, writeFileAtomic } from "../../formats/atomic-file.ts";
import { type ImageSet, openImageSet } from "../../formats/image-set.ts";
import { type ImageInput, imageToCurrent, imageValues } from "../../formats/image-values.ts";
import { readModelFile } from "../../formats/model-file.ts";
import { inferShapes } from "../../network/shapes.ts";
import { formatShape, type Network, type Shape, shapeSize } from "../../network/types.ts";
import { calibrate } from "../../quantize/calibrate.ts";
import { checkConversion, spikingNetwork } from "../../quantize/convert.ts";
import { type PrepareOptions, prepareNetwork, type Replacement } from "../../quantize/prepare.ts";
import {
  type Accuracy,
  floatAccuracy,
  type LabelledInputs,
  type SpikingAccuracy,
  spikingAccuracy,
} from "../../study/image-accuracy.ts";
import { formatSi } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { ConvertFlags } from "../convert-command.ts";
import { sha256Of } from "../load.ts";
import { bold, formatFields, formatTable } from "../table.ts";

/** Accuracy on `--data` along the way; `replaced` before any spike, `spiking` in timestep mode. */
interface MeasuredAccuracy {
  readonly set: string;
  readonly steps: number;
  readonly before: Accuracy;
  readonly replaced: Accuracy;
  readonly spiking: SpikingAccuracy | null;
}

/** `convert MODEL -o net.nir`. */
export async function convert(file: string, flags: ConvertFlags, context: CommandContext): Promise<CommandResult> {
  await checkOutputFile(flags.output, { force: context.force });
  const { network, format, bytes } = await readModelFile(file);
  const toTfjs = extname(flags.output) === ".json";
  const options: PrepareOptions = {
    ...(flags.maxPool ? { maxPool: flags.maxPool } : {}),
    ...(flags.dropBias ? { bias: "drop" } : flags.keepBias ? { bias: "keep" } : {}),
  };
  const spikesAlready = ![...network.nodes.values()].some(
    (node) => (node.op === "relu" && !node.quantized) || node.op === "softmax",
  );
  if (!toTfjs && !spikesAlready)
    checkConversion(network, { ...options, calibrated: flags.calibrate !== undefined }, file);

  const plain = toTfjs || spikesAlready;
  const { network: prepared, replaced } = plain ? { network, replaced: [] } : prepareNetwork(network, options);
  const scales = plain ? new Map<string, number>() : await scalesFrom(prepared, flags, context);
  const spiking = plain ? network : spikingNetwork(prepared, scales, { steps: flags.steps, rate: flags.rate });
  const accuracy = flags.data && !plain ? await measure(network, prepared, spiking, flags, context) : undefined;
  const written = await write(spiking, flags, context, toTfjs);
  return {
    json: {
      model: { file, format, sha256: sha256Of(bytes) },
      output: written,
      nodes: [...spiking.nodes].map(([name, { op }]) => ({ name, op })),
      replaced,
      scales: Object.fromEntries(scales),
      steps: flags.steps,
      rate: flags.rate,
      percentile: flags.percentile,
      ...(accuracy ? { accuracy } : {}),
    },
    text: describe(file, format, replaced, accuracy, written),
    warnings: network.warnings ?? [],
  };
}

async function scalesFrom(
  prepared: Network,
  flags: ConvertFlags,
  context: CommandContext,
): Promise<ReadonlyMap<string, number>> {
  // checkConversion has refused a network that needs a set when none is given.
  const set = await openImageSet(flags.calibrate!, flags.calibrateSplit ? { split: flags.calibrateSplit } : {});
  checkFits(prepared, set, flags.calibrate!);
  const count = Math.min(flags.calibrateLimit, set.count);
  const bar = context.progress("calibrate");
  const scales = calibrate(prepared, inputsOf(set, count, imageInput(flags)), {
    percentile: flags.percentile,
    signal: context.signal,
    onProgress: (done) => bar.update(done, count),
  });
  bar.end();
  return scales;
}

function* inputsOf(set: ImageSet, count: number, input: ImageInput): Generator<Float32Array> {
  for (let i = 0; i < count; i++) yield imageValues(set.image(i), input);
}

async function measure(
  network: Network,
  prepared: Network,
  spiking: Network,
  flags: ConvertFlags,
  context: CommandContext,
): Promise<MeasuredAccuracy> {
  const set = await openImageSet(flags.data!, flags.split ? { split: flags.split } : {});
  checkFits(network, set, flags.data!);
  const count = Math.min(flags.limit ?? set.count, set.count);
  const input = imageInput(flags);
  const images: LabelledInputs = { count, label: set.label, values: (i) => imageValues(set.image(i), input) };
  const currents = { ...images, values: (i: number) => imageToCurrent(set.image(i), { ...input, steps: flags.steps }) };
  const bar = context.progress("accuracy");
  const part = (nth: number) => ({
    signal: context.signal,
    onProgress: (done: number) => bar.update(nth * count + done, 3 * count),
  });
  const result = {
    set: set.format,
    steps: flags.steps,
    before: floatAccuracy(network, images, part(0)),
    replaced: floatAccuracy(prepared, images, part(1)),
    spiking: spikingAccuracy(spiking, currents, flags.steps, part(2)),
  };
  bar.end();
  return result;
}

async function write(network: Network, flags: ConvertFlags, context: CommandContext, toTfjs: boolean) {
  if (toTfjs) {
    const { writeTfjsFile } = await import("../../formats/tfjs-write.ts");
    const files = await writeTfjsFile(network, flags.output, { force: context.force });
    return { file: flags.output, format: "tfjs", files };
  }
  const { writeNir } = await import("../../formats/nir.ts");
  const bytes = await writeNir(network);
  await writeFileAtomic(flags.output, bytes, { force: context.force });
  return { file: flags.output, format: "nir", bytes: bytes.length, sha256: sha256Of(bytes) };
}

function imageInput(flags: ConvertFlags): ImageInput {
  return { normalize: flags.normalize, inputScale: flags.inputScale };
}

function checkFits(network: Network, set: ImageSet, path: string): void {
  const [name, node] = [...network.nodes].find(([, candidate]) => candidate.op === "input")!;
  const shape: Shape = node.op === "input" ? node.shape : inferShapes(network).get(name)!;
  const flat = shape[1] * shape[2] === 1 && shapeSize(shape) === shapeSize(set.shape) && set.shape[0] === 1;
  if (flat || formatShape(shape) === formatShape(set.shape)) return;
  throw new ChipError(
    "E_INPUT",
    `${path} has images of ${formatShape(set.shape)}, and the network takes ${formatShape(shape)}; use the images that it was trained for.`,
    { details: { images: set.shape, network: shape } },
  );
}

function describe(
  file: string,
  format: string,
  replaced: readonly Replacement[],
  accuracy: MeasuredAccuracy | undefined,
  written: { readonly file: string; readonly format: string },
): string {
  const lines = [`${bold(file)} (${format}) -> ${written.file} (${written.format})`];
  if (replaced.length > 0) {
    const rows = replaced.map(({ node, op, what, exact }) => [
      node,
      op,
      what,
      exact ? "same result" : "changes results",
    ]);
    lines.push(
      formatTable([{ title: "node" }, { title: "operation" }, { title: "what became of it" }, { title: "" }], rows),
    );
  }
  if (accuracy) {
    const { before, replaced: after, spiking } = accuracy;
    const percent = ({ accuracy: share, correct, samples }: Accuracy): string =>
      `${(100 * share).toFixed(2)} % (${correct} of ${samples})`;
    lines.push(
      "",
      formatFields([
        ["as it was", percent(before)],
        ["with replacements", percent(after)],
        ...(spiking
          ? ([
              [
                `spiking, ${accuracy.steps} steps`,
                `${percent(spiking)}, ${spiking.ties} ties, ${spiking.silent} silent`,
              ],
              ["SynOps an image", formatSi(spiking.synOpsPerSample, "")],
            ] as const)
          : []),
      ]),
    );
  }
  return lines.join("\n");
}
