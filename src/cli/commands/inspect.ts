import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ChipConfig } from "../../chip/config.ts";
import { holdsEvents } from "../../formats/hdf5-events.ts";
import { findImageSet } from "../../formats/image-set.ts";
import { readInputFile } from "../../formats/input-file.ts";
import { isModelFile } from "../../formats/model-file.ts";
import { inferShapes } from "../../network/shapes.ts";
import { formatShape, type Network, type NetworkNode, type Shape } from "../../network/types.ts";
import { formatCount } from "../../units.ts";
import { isChipFile } from "../../wire/chip-codec.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { isHdf5, loadChip, loadNetwork } from "../load.ts";
import type { InspectFlags } from "../program.ts";
import { bold, formatFields, formatTable } from "../table.ts";
import { eventsInfo } from "./events-info.ts";

/** `inspect FILE`: any file or folder that the program reads or writes, recognised by content. */
export async function inspect(file: string, flags: InspectFlags, context: CommandContext): Promise<CommandResult> {
  if ((await stat(file).catch(() => undefined))?.isDirectory()) {
    const chip = join(file, "chip.pb");
    if (await stat(chip).catch(() => undefined)) return inspect(chip, flags, context);
    return (await (await import("./inspect-results.ts")).inspectResults(file)) ?? inspectSet(file);
  }
  const bytes = await readInputFile(file);
  if (isChipFile(bytes)) return inspectChip(file, bytes, flags.device);
  if (isHdf5(bytes) ? !(await holdsEvents(bytes, basename(file))) : await isModelFile(bytes))
    return inspectNetwork(file);
  if (looksLikeDevice(bytes)) {
    const { devices } = await import("./devices.ts");
    const { json, text } = await devices(file.includes("/") ? file : `./${file}`);
    return { json: { kind: "device", ...json }, text };
  }
  const results = (await import("./inspect-json.ts")).inspectJson(file, bytes);
  if (results !== undefined) return results;
  if (isIdx(bytes)) return inspectSet(file);
  if (looksLikeRecipe(bytes)) return (await import("./inspect-recipe.ts")).inspectRecipe(file);
  const spikes = await (await import("./inspect-results.ts")).inspectSpikes(file, bytes);
  if (spikes !== undefined) return spikes;
  const { json, ...rest } = await eventsInfo(file, flags, context);
  return { ...rest, json: { kind: "recording", ...json } };
}

async function inspectChip(file: string, bytes: Uint8Array, ownDevice?: string): Promise<CommandResult> {
  const { config, device, sha256 } = await loadChip(file, ownDevice);
  const layers = config.cores.map((core) => ({
    name: core.layer,
    core: core.core,
    inputShape: core.inputShape,
    outputShape: core.outputShape,
    kernelSize: core.kernelSize,
    stride: core.stride,
    padding: core.padding,
    threshold: core.thresholdHigh,
    thresholdLow: core.thresholdLow,
    returnToZero: core.returnToZero,
    leaks: core.leak !== undefined,
    scale: core.scale,
    zeroWeights: core.weights.filter((weight) => weight === 0).length,
    weights: core.weights.length,
    destinations: core.destinations,
    output: config.outputs.some((output) => output.core === core.core),
  }));
  const table = formatTable(
    [
      { title: "layer" },
      ...["core", "in", "out", "kernel", "stride", "pad", "threshold", "low", "zeros", "to"].map((title) => ({
        title,
        align: "right" as const,
      })),
    ],
    layers.map((layer) => [
      layer.name,
      layer.core,
      formatShape(layer.inputShape),
      formatShape(layer.outputShape),
      layer.kernelSize.join("x"),
      layer.stride.join("x"),
      layer.padding.join("x"),
      layer.threshold,
      layer.thresholdLow,
      `${((100 * layer.zeroWeights) / layer.weights).toFixed(1)} %`,
      destinationsText(config, layer.destinations) || (layer.output ? "output" : "-"),
    ]),
  );
  const { provenance } = config;
  return {
    json: {
      kind: "chip",
      file: basename(file),
      bytes: bytes.length,
      sha256,
      device: config.device,
      inputShape: config.input.shape,
      layers,
      outputs: config.outputs,
      slowClock: config.slowClock,
      provenance,
    },
    text: [
      `${bold(basename(file))}: configuration of a ${device.spec.title}`,
      table,
      "",
      formatFields([
        ["input", formatShape(config.input.shape)],
        [
          "made by",
          `${provenance.tool}, rule ${provenance.quantizeRule}, objective ${provenance.objective}, seed ${provenance.seed}`,
        ],
        ["network", `${provenance.network || "-"} ${provenance.networkSha256.slice(0, 16)}`],
        ["size", `${formatCount(bytes.length)} bytes, sha256 ${sha256}`],
      ]),
    ].join("\n"),
    warnings: provenance.warnings,
  };
}

function destinationsText(config: ChipConfig, destinations: ChipConfig["input"]["destinations"]): string {
  return destinations
    .map(({ core, pooling, featureShift }) => {
      const name = config.cores.find((candidate) => candidate.core === core)?.layer ?? `core ${core}`;
      return `${name}${pooling > 1 ? ` /${pooling}` : ""}${featureShift > 0 ? ` +${featureShift}` : ""}`;
    })
    .join(", ");
}

async function inspectNetwork(file: string): Promise<CommandResult> {
  const { network, sha256, name } = await loadNetwork(file);
  const shapes = inferShapes(network);
  const nodes = [...network.nodes].map(([node, { op }]) => ({
    name: node,
    op,
    shape: shapes.get(node) ?? null,
    weights: weightCount(network, node),
  }));
  const weights = nodes.reduce((sum, node) => sum + node.weights, 0);
  const table = formatTable(
    [
      { title: "node" },
      { title: "operation" },
      { title: "output", align: "right" },
      { title: "weights", align: "right" },
      { title: "details" },
    ],
    nodes.map((node) => [
      node.name,
      node.op,
      node.shape ? formatShape(node.shape as Shape) : "-",
      node.weights > 0 ? formatCount(node.weights) : "",
      nodeText(network.nodes.get(node.name) as NetworkNode),
    ]),
  );
  return {
    json: { kind: "network", file: name, sha256, nodes, edges: network.edges, weights },
    text: `${bold(name)}: network of ${nodes.length} nodes, ${formatCount(weights)} weights\n${table}`,
    warnings: network.warnings ?? [],
  };
}

function weightCount(network: Network, name: string): number {
  const node = network.nodes.get(name);
  return node && "weight" in node ? node.weight.length : 0;
}

function nodeText(node: NetworkNode): string {
  switch (node.op) {
    case "conv2d":
      return `kernel ${node.weightShape[2]}x${node.weightShape[3]}, stride ${node.stride.join("x")}, padding ${node.padding.join("x")}${node.bias ? ", bias" : ""}`;
    case "linear":
      return node.bias ? "bias" : "";
    case "if":
      return `threshold ${node.threshold}${node.reset === "zero" ? ", reset to zero" : ""}`;
    case "sumPool":
    case "avgPool":
      return `${node.kernel.join("x")}`;
    default:
      return "";
  }
}

function looksLikeDevice(bytes: Uint8Array): boolean {
  if (bytes.find((byte) => byte > 32) !== 0x7b) return false;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof value === "object" && value !== null && "cores" in value;
  } catch {
    // Not JSON: some other file that begins with a brace.
    return false;
  }
}

/** Whether a text may be a recipe of `train`, YAML or JSON. */
function looksLikeRecipe(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes.subarray(0, 65536));
  return ["phases", "network", "batch"].every((field) => new RegExp(`^[\\s{,]*"?${field}"?\\s*:`, "m").test(text));
}

/** idx files begin with two zero bytes, the type of bytes (8) and one or three axes; gzip hides that. */
function isIdx(bytes: Uint8Array): boolean {
  const gzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  return gzip || (bytes[0] === 0 && bytes[1] === 0 && bytes[2] === 8 && (bytes[3] === 1 || bytes[3] === 3));
}

/** A labelled set: images, or recordings. */
async function inspectSet(path: string): Promise<CommandResult> {
  const found = await findImageSet(path);
  if (found !== undefined) {
    const set = await found.open();
    const figures = { format: set.format, samples: set.count, shape: set.shape, classes: set.classes };
    return {
      json: { kind: "images", file: basename(path), ...figures },
      text: `${bold(basename(path))}: ${set.format}, ${formatCount(set.count)} images of ${formatShape(set.shape)}, ${set.classes.length} classes`,
    };
  }
  const { openDataset } = await import("../../formats/dataset.ts");
  const { samples, classes } = await openDataset(path);
  return {
    json: { kind: "recordings", file: basename(path), samples: samples.length, classes },
    text: `${bold(basename(path))}: ${formatCount(samples.length)} labelled recordings, ${classes.length} classes`,
  };
}
