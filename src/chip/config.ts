/**
 * The waist: what a chip is told, in integers. The trainer and the mapper end here, the emulator and boards begin here.
 * Field names follow the chip's own words (Speck data sheet 3.2; samna's configuration pages).
 */

/** `[features, height, width]`, as `Shape` in `network/`. */
export type MapShape = readonly [features: number, height: number, width: number];

/** Where a core (or the input layer) sends its spikes. */
export interface Destination {
  readonly core: number;
  /** Sum pooling by address: 1, 2 or 4; edge rows and columns that do not fill a block are dropped [R6]. */
  readonly pooling: number;
  /** Added to the feature. */
  readonly featureShift: number;
}

/**
 * A core whose spikes are the answer. Feature f of the core is feature f + `featureShift` of the answer, so that the parts
 * of a layer that lies on several cores give one answer.
 */
export interface OutputConfig {
  readonly core: number;
  readonly featureShift: number;
}

/** Passes the N-th, 2N-th... spike of a core [R6]. */
export interface DecimatorConfig {
  readonly ratio: number;
}

/** One core and the layer on it. */
export interface CoreConfig {
  /** Number of the core, unique over all chips of a board (`expandBoard`). */
  readonly core: number;
  /** Name of the layer, for people. */
  readonly layer: string;
  readonly inputShape: MapShape;
  /** Map after the convolution, before pooling. */
  readonly outputShape: MapShape;
  readonly kernelSize: readonly [ky: number, kx: number];
  readonly stride: readonly [sy: number, sx: number];
  readonly padding: readonly [py: number, px: number];
  /** `[out][in][ky][kx]`, row-major. */
  readonly weights: Int8Array;
  /** `[out]`, added to every neuron on each slow-clock tick [R8]; absent when the layer does not leak. */
  readonly leak?: Int16Array;
  readonly leakInternalSlowClock: boolean;
  readonly thresholdHigh: number;
  readonly thresholdLow: number;
  readonly returnToZero: boolean;
  /** The host sees this core's spikes, before pooling. */
  readonly monitorEnable: boolean;
  readonly congestionBalancer: boolean;
  readonly decimator?: DecimatorConfig;
  /** `[f][y][x]`; absent: all zero [R12]. */
  readonly initialState?: Int16Array;
  readonly destinations: readonly Destination[];
  /** The mapper's quantization scale: real value = integer / scale. For people and reports; the chip ignores it. */
  readonly scale: number;
}

/** DVS pre-processing and event filter, in the order in which the chip applies them [R10]. */
export interface InputConfig {
  /** Map that the destinations receive: `[features, height, width]`. */
  readonly shape: MapShape;
  readonly onChannel: boolean;
  readonly offChannel: boolean;
  /** Both polarities to feature 0. */
  readonly merge: boolean;
  /** 1, 2 or 4 an axis, before the cut. */
  readonly pooling: readonly [y: number, x: number];
  /** Top left and bottom right of the region of interest, both included, after pooling; absent: everything. */
  readonly cut?: { readonly origin: readonly [y: number, x: number]; readonly corner: readonly [y: number, x: number] };
  readonly mirrorX: boolean;
  readonly mirrorY: boolean;
  readonly mirrorDiagonal: boolean;
  readonly filter?: FilterConfig;
  readonly destinations: readonly Destination[];
}

/** Event filter: one 16-bit time stamp a pixel, counted in slow-clock ticks. The modes exclude each other. */
export interface FilterConfig {
  readonly mode: "noise" | "lowPass" | "noiseAndHotPixel";
  /** Window, odd, 1..15 [y, x]; ignored by lowPass. */
  readonly size: readonly [y: number, x: number];
  /** Slow-clock ticks. */
  readonly threshold: number;
}

/** Readout block: class index at four pins [R11]. */
export interface ReadoutConfig {
  readonly core: number;
  readonly classes: number;
  /** Which addresses form the 16 inputs. */
  readonly layout: "2x2y4f" | "2x4y2f" | "4x4y1f" | "1x1y16f";
  /** Slow-clock ticks of the moving average. */
  readonly average: 1 | 16 | 32;
  readonly threshold: number;
  readonly overrideThresholdMax: boolean;
  readonly outputMode: "off" | "compare" | "selected" | "max";
}

/** The clock of leak, filter and readout. */
export type SlowClockConfig =
  | { readonly source: "none" }
  /** Ticks every `periodUs` of the recording, the first at `periodUs`. */
  | { readonly source: "external"; readonly periodUs: number }
  /** One tick every `2^divider` raw input events. */
  | { readonly source: "internal"; readonly divider: number };

/** Where a configuration comes from, so that it can be made again. */
export interface Provenance {
  /** `spikewright 0.1.0`. */
  readonly tool: string;
  /** Name (not path) and SHA-256 of the network file. */
  readonly network: string;
  readonly networkSha256: string;
  readonly quantizeRule: string;
  readonly objective: string;
  /** True when no better placement exists under the objective. */
  readonly optimal: boolean;
  readonly seed: number;
  readonly warnings: readonly string[];
}

/** A whole chip. Everything that decides a spike is an integer. */
export interface ChipConfig {
  readonly device: { readonly name: string; readonly hash: string };
  readonly input: InputConfig;
  /** In network order (a layer comes after its sources). */
  readonly cores: readonly CoreConfig[];
  /** Where the answer comes from; each core is monitored. */
  readonly outputs: readonly OutputConfig[];
  readonly slowClock: SlowClockConfig;
  readonly readout?: ReadoutConfig;
  readonly provenance: Provenance;
}
