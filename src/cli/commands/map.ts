import { loadDevice } from "../../device/catalogue.ts";
import { ChipError } from "../../errors.ts";
import { writeFileAtomic } from "../../formats/atomic-file.ts";
import { applyErrata } from "../../mapper/errata.ts";
import { fitMatrix } from "../../mapper/fit.ts";
import { type MapOptions, type MapResult, mapNetwork } from "../../mapper/map-network.ts";
import { quantize } from "../../quantize/quantize.ts";
import { formatCount } from "../../units.ts";
import { encodeChip } from "../../wire/chip-codec.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { formatFitMatrix } from "../fit-matrix.ts";
import { loadNetwork, sha256Of } from "../load.ts";
import type { MapFlags } from "../program.ts";
import { bold, formatTable } from "../table.ts";

/** `map NET --device NAME -o chip.pb`. */
export async function map(net: string, flags: MapFlags, context: CommandContext): Promise<CommandResult> {
  const device = await loadDevice(flags.device);
  const { name, sha256, network } = await loadNetwork(net);
  const options: MapOptions = {
    quantize: flags.quantize,
    networkName: name,
    networkSha256: sha256,
    seed: context.seed,
    ...(flags.inputShape ? { inputShape: flags.inputShape } : {}),
  };
  let result: MapResult;
  try {
    result = mapNetwork(network, device, options);
  } catch (error) {
    // The matrix helps most when the answer is no.
    if (flags.explain && error instanceof ChipError && error.code === "E_NO_PLACEMENT") {
      const fits = fitMatrix(applyErrata(quantize(network, { rule: flags.quantize }), device.spec), device.spec);
      process.stderr.write(`${formatFitMatrix(fits)}\n`);
    }
    throw error;
  }
  const bytes = encodeChip(result.config);
  await writeFileAtomic(flags.output, bytes, { force: context.force });
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
      seed: context.seed,
      bytes: bytes.length,
      sha256: chipSha256,
    },
    text: describe(result, flags, device.spec.title, bytes.length, chipSha256),
    warnings: result.warnings,
  };
}

function describe(result: MapResult, flags: MapFlags, title: string, bytes: number, sha256: string): string {
  const words = ({ need, have }: { readonly need: number; readonly have: number }): string =>
    `${formatCount(need)} / ${formatCount(have)}`;
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
    `${bold(title)}: ${result.layers.length} layers, placed for ${objective}${optimal ? " (proven best)" : ""}`,
    table,
    ...(flags.explain ? ["", formatFitMatrix(result.fits)] : []),
    `${flags.output}: ${formatCount(bytes)} bytes, sha256 ${sha256}`,
  ].join("\n");
}
