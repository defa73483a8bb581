import type {
  ChipConfig,
  CoreConfig,
  Destination,
  FilterConfig,
  InputConfig,
  MapShape,
  ReadoutConfig,
  SlowClockConfig,
} from "../chip/config.ts";
import { spikewright } from "./generated/chip.js";

const { FilterMode, ReadoutLayout, ReadoutOutput } = spikewright.chip.v1;

type Pair = readonly [y: number, x: number];
type ConfigMessage = spikewright.chip.v1.ChipConfig.$Properties;
type CoreMessage = spikewright.chip.v1.CoreConfig.$Properties;
type InputMessage = spikewright.chip.v1.InputConfig.$Properties;
type ReadoutMessage = spikewright.chip.v1.ReadoutConfig.$Properties;
type DestinationMessage = spikewright.chip.v1.Destination.$Properties;
type ShapeMessage = spikewright.chip.v1.MapShape.$Properties;
type PairMessage = spikewright.chip.v1.Pair.$Properties;

const FILTER_MODES: Readonly<Record<FilterConfig["mode"], number>> = {
  noise: FilterMode.FILTER_MODE_NOISE,
  lowPass: FilterMode.FILTER_MODE_LOW_PASS,
  noiseAndHotPixel: FilterMode.FILTER_MODE_NOISE_AND_HOT_PIXEL,
};

const READOUT_LAYOUTS: Readonly<Record<ReadoutConfig["layout"], number>> = {
  "2x2y4f": ReadoutLayout.READOUT_LAYOUT_2X2Y4F,
  "2x4y2f": ReadoutLayout.READOUT_LAYOUT_2X4Y2F,
  "4x4y1f": ReadoutLayout.READOUT_LAYOUT_4X4Y1F,
  "1x1y16f": ReadoutLayout.READOUT_LAYOUT_1X1Y16F,
};

const READOUT_OUTPUTS: Readonly<Record<ReadoutConfig["outputMode"], number>> = {
  off: ReadoutOutput.READOUT_OUTPUT_OFF,
  compare: ReadoutOutput.READOUT_OUTPUT_COMPARE,
  selected: ReadoutOutput.READOUT_OUTPUT_SELECTED,
  max: ReadoutOutput.READOUT_OUTPUT_MAX,
};

const TWO_32 = 4_294_967_296;
const LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** The payload of a chip.pb as a message object. The configuration must be sound (`structureFaults`). */
export function toMessage(config: ChipConfig): ConfigMessage {
  const { provenance, slowClock } = config;
  return {
    input: inputToMessage(config.input),
    cores: config.cores.map(coreToMessage),
    outputs: config.outputs.map(({ core, featureShift }) => ({ core, featureShift })),
    slowClock:
      slowClock.source === "external"
        ? { periodUs: slowClock.periodUs }
        : slowClock.source === "internal"
          ? { divider: slowClock.divider }
          : {},
    ...(config.readout && { readout: readoutToMessage(config.readout) }),
    provenance: {
      tool: provenance.tool,
      network: provenance.network,
      networkSha256: provenance.networkSha256,
      quantizeRule: provenance.quantizeRule,
      objective: provenance.objective,
      optimal: provenance.optimal,
      seedLow: provenance.seed % TWO_32,
      seedHigh: Math.floor(provenance.seed / TWO_32),
      warnings: [...provenance.warnings],
    },
  };
}

/**
 * The configuration in a decoded payload. Nothing is judged here: values outside their range and unknown enum values are
 * carried over, for `structureFaults` to name.
 */
export function fromMessage(message: ConfigMessage, device: ChipConfig["device"]): ChipConfig {
  const provenance = message.provenance ?? {};
  return {
    device,
    input: inputFromMessage(message.input ?? {}),
    cores: (message.cores ?? []).map(coreFromMessage),
    outputs: (message.outputs ?? []).map(({ core, featureShift }) => ({
      core: core ?? 0,
      featureShift: featureShift ?? 0,
    })),
    slowClock: slowClockFromMessage(message.slowClock ?? {}),
    ...(message.readout && { readout: readoutFromMessage(message.readout) }),
    provenance: {
      tool: provenance.tool ?? "",
      network: provenance.network ?? "",
      networkSha256: provenance.networkSha256 ?? "",
      quantizeRule: provenance.quantizeRule ?? "",
      objective: provenance.objective ?? "",
      optimal: provenance.optimal ?? false,
      seed: (provenance.seedHigh ?? 0) * TWO_32 + (provenance.seedLow ?? 0),
      warnings: provenance.warnings ?? [],
    },
  };
}

function inputToMessage(input: InputConfig): InputMessage {
  return {
    shape: shapeToMessage(input.shape),
    onChannel: input.onChannel,
    offChannel: input.offChannel,
    merge: input.merge,
    pooling: pairToMessage(input.pooling),
    ...(input.cut && { cut: { origin: pairToMessage(input.cut.origin), corner: pairToMessage(input.cut.corner) } }),
    mirrorX: input.mirrorX,
    mirrorY: input.mirrorY,
    mirrorDiagonal: input.mirrorDiagonal,
    ...(input.filter && {
      filter: {
        mode: FILTER_MODES[input.filter.mode],
        size: pairToMessage(input.filter.size),
        threshold: input.filter.threshold,
      },
    }),
    destinations: input.destinations.map(destinationToMessage),
  };
}

function inputFromMessage(message: InputMessage): InputConfig {
  return {
    shape: shapeFromMessage(message.shape),
    onChannel: message.onChannel ?? false,
    offChannel: message.offChannel ?? false,
    merge: message.merge ?? false,
    pooling: pairFromMessage(message.pooling),
    ...(message.cut && {
      cut: { origin: pairFromMessage(message.cut.origin), corner: pairFromMessage(message.cut.corner) },
    }),
    mirrorX: message.mirrorX ?? false,
    mirrorY: message.mirrorY ?? false,
    mirrorDiagonal: message.mirrorDiagonal ?? false,
    ...(message.filter && {
      filter: {
        mode: nameOf(FILTER_MODES, message.filter.mode),
        size: pairFromMessage(message.filter.size),
        threshold: message.filter.threshold ?? 0,
      },
    }),
    destinations: (message.destinations ?? []).map(destinationFromMessage),
  };
}

function coreToMessage(core: CoreConfig): CoreMessage {
  const { weights } = core;
  return {
    core: core.core,
    layer: core.layer,
    inputShape: shapeToMessage(core.inputShape),
    outputShape: shapeToMessage(core.outputShape),
    kernelSize: pairToMessage(core.kernelSize),
    stride: pairToMessage(core.stride),
    padding: pairToMessage(core.padding),
    weights: new Uint8Array(weights.buffer, weights.byteOffset, weights.length),
    ...(core.leak && { leak: int16ToBytes(core.leak) }),
    leakInternalSlowClock: core.leakInternalSlowClock,
    thresholdHigh: core.thresholdHigh,
    thresholdLow: core.thresholdLow,
    returnToZero: core.returnToZero,
    monitorEnable: core.monitorEnable,
    congestionBalancer: core.congestionBalancer,
    decimator: core.decimator?.ratio ?? 0,
    ...(core.initialState && { initialState: int16ToBytes(core.initialState) }),
    destinations: core.destinations.map(destinationToMessage),
    scale: core.scale,
  };
}

function coreFromMessage(message: CoreMessage): CoreConfig {
  return {
    core: message.core ?? 0,
    layer: message.layer ?? "",
    inputShape: shapeFromMessage(message.inputShape),
    outputShape: shapeFromMessage(message.outputShape),
    kernelSize: pairFromMessage(message.kernelSize),
    stride: pairFromMessage(message.stride),
    padding: pairFromMessage(message.padding),
    // A copy: the decoded bytes are a view of the file.
    weights: new Int8Array(message.weights ?? []),
    ...(message.leak?.length && { leak: int16FromBytes(message.leak) }),
    leakInternalSlowClock: message.leakInternalSlowClock ?? false,
    thresholdHigh: message.thresholdHigh ?? 0,
    thresholdLow: message.thresholdLow ?? 0,
    returnToZero: message.returnToZero ?? false,
    monitorEnable: message.monitorEnable ?? false,
    congestionBalancer: message.congestionBalancer ?? false,
    ...(message.decimator && { decimator: { ratio: message.decimator } }),
    ...(message.initialState?.length && { initialState: int16FromBytes(message.initialState) }),
    destinations: (message.destinations ?? []).map(destinationFromMessage),
    scale: message.scale ?? 0,
  };
}

function readoutToMessage(readout: ReadoutConfig): ReadoutMessage {
  return {
    core: readout.core,
    classes: readout.classes,
    layout: READOUT_LAYOUTS[readout.layout],
    average: readout.average,
    threshold: readout.threshold,
    overrideThresholdMax: readout.overrideThresholdMax,
    outputMode: READOUT_OUTPUTS[readout.outputMode],
  };
}

function readoutFromMessage(message: ReadoutMessage): ReadoutConfig {
  return {
    core: message.core ?? 0,
    classes: message.classes ?? 0,
    layout: nameOf(READOUT_LAYOUTS, message.layout),
    average: (message.average ?? 0) as ReadoutConfig["average"],
    threshold: message.threshold ?? 0,
    overrideThresholdMax: message.overrideThresholdMax ?? false,
    outputMode: nameOf(READOUT_OUTPUTS, message.outputMode),
  };
}

function slowClockFromMessage(message: spikewright.chip.v1.SlowClock.$Properties): SlowClockConfig {
  if (message.periodUs != null) return { source: "external", periodUs: message.periodUs };
  if (message.divider != null) return { source: "internal", divider: message.divider };
  return { source: "none" };
}

function destinationToMessage(destination: Destination): DestinationMessage {
  return { core: destination.core, pooling: destination.pooling, featureShift: destination.featureShift };
}

function destinationFromMessage(message: DestinationMessage): Destination {
  return { core: message.core ?? 0, pooling: message.pooling ?? 0, featureShift: message.featureShift ?? 0 };
}

function shapeToMessage([features, height, width]: MapShape): ShapeMessage {
  return { features, height, width };
}

function shapeFromMessage(message: ShapeMessage | null | undefined): MapShape {
  return [message?.features ?? 0, message?.height ?? 0, message?.width ?? 0];
}

function pairToMessage([y, x]: Pair): PairMessage {
  return { y, x };
}

function pairFromMessage(message: PairMessage | null | undefined): Pair {
  return [message?.y ?? 0, message?.x ?? 0];
}

/** The word for a number on the wire; for one that the schema does not know, a text that `structureFaults` refuses. */
function nameOf<T extends string>(numbers: Readonly<Record<T, number>>, wire: number | null | undefined): T {
  const words = Object.keys(numbers) as T[];
  return words.find((word) => numbers[word] === wire) ?? (`unknown value ${wire ?? 0}` as T);
}

function int16ToBytes(values: Int16Array): Uint8Array {
  return inFileOrder(values.slice().buffer);
}

/** An odd byte at the end is left out here; the re-encoded file then differs from the one read, which is refused. */
function int16FromBytes(bytes: Uint8Array): Int16Array {
  const values = new Int16Array(bytes.length >> 1);
  new Uint8Array(values.buffer).set(bytes.subarray(0, values.length * 2));
  inFileOrder(values.buffer);
  return values;
}

/** Swaps the bytes of 16-bit numbers in place where the machine's order is not the file's (little-endian). */
function inFileOrder(numbers: ArrayBuffer): Uint8Array {
  const bytes = new Uint8Array(numbers);
  if (LITTLE_ENDIAN) return bytes;
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const first = bytes[i] as number;
    bytes[i] = bytes[i + 1] as number;
    bytes[i + 1] = first;
  }
  return bytes;
}
