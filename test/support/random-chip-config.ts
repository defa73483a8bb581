import fc from "fast-check";
import type {
  ChipConfig,
  CoreConfig,
  Destination,
  FilterConfig,
  InputConfig,
  MapShape,
  ReadoutConfig,
  SlowClockConfig,
} from "../../src/chip/config.ts";
import { convOutput, wordsNeeded } from "../../src/device/memory.ts";
import { Random } from "../../src/random.ts";

/** What the random configurations may hold. Everything is on unless switched off. */
export interface RandomChipOptions {
  /** Default 4, at most 9 (numbered 0..8 in random order). */
  readonly maxCores?: number;
  /** Largest feature count of input and layers; default 20, so that it crosses the lanes of a vector. */
  readonly maxFeatures?: number;
  /** Largest height and width of the input; default 12. Later maps may grow by their padding up to 24. */
  readonly maxSize?: number;
  /** Cores with two sources. */
  readonly merges?: boolean;
  /** Kernels, strides and paddings that differ between y and x; off by default, because silicon has square kernels only. */
  readonly rectangular?: boolean;
  readonly decimators?: boolean;
  readonly leak?: boolean;
  readonly initialStates?: boolean;
  /** Input pooling, cut and mirrors; without it the input layer passes everything as it is. */
  readonly inputSteps?: boolean;
  readonly filter?: boolean;
  readonly readout?: boolean;
  /** Dividers of the internal slow clock; default 14..17 as on Speck. Small ones tick within a short test. */
  readonly dividers?: readonly number[];
  readonly device?: ChipConfig["device"];
}

const STRIDES = [1, 2, 4, 8];
const POOLINGS = [1, 2, 4];
const DECIMATORS = [2, 4, 8, 16, 32, 128, 256, 512];
const LARGEST_MAP = 24;
/** Words of the smallest kernel and neuron memory of a Speck, so that every layer fits every core. */
const SMALLEST_MEMORY = 16_384;
const DEVICE = { name: "speck2f", hash: "0123456789abcdef".repeat(4) };

/**
 * Small, structurally sound chip configurations: chains, fan-outs and merges in random mixture, every number over its
 * whole range, every layer small enough for any core of a Speck. Structure shrinks; weights come from one drawn seed.
 *
 * Without `rectangular` they keep every rule of speck2f, except that some have thresholdLow 0, which its erratum forbids.
 */
export function chipConfigs(options: RandomChipOptions = {}): fc.Arbitrary<ChipConfig> {
  return fc.gen().map((draw) => new Builder(draw, options).build());
}

type Draw = fc.GeneratorValue;
/** A layer (or the input, number -1) whose spikes can still be sent somewhere. */
interface Source {
  readonly shape: MapShape;
  readonly destinations: Destination[];
}
interface Route {
  readonly source: Source;
  readonly pooling: number;
  readonly featureShift: number;
}

interface Axis {
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly output: number;
}

class Builder {
  readonly #draw: Draw;
  readonly #options: RandomChipOptions;

  constructor(draw: Draw, options: RandomChipOptions) {
    this.#draw = draw;
    this.#options = options;
  }

  build(): ChipConfig {
    const input = this.#input();
    const numbers = this.#shuffle([0, 1, 2, 3, 4, 5, 6, 7, 8]).slice(0, this.#integer(1, this.#options.maxCores ?? 4));
    const sources: Source[] = [{ shape: input.shape, destinations: [] }];
    const cores = numbers.map((number, position) => {
      const routes = this.#routes(sources);
      const inputShape = inputShapeOf(routes, this.#integer(0, 3) === 0 ? this.#integer(1, 2) : 0);
      for (const { source, pooling, featureShift } of routes) {
        source.destinations.push({ core: number, pooling, featureShift });
      }
      const core = this.#core(number, `layer${position + 1}`, inputShape);
      sources.push({ shape: core.outputShape, destinations: core.destinations as Destination[] });
      return core;
    });
    const outputs = cores.filter((core) => core.destinations.length === 0 || this.#chance(0.2));
    return {
      device: this.#options.device ?? DEVICE,
      input: { ...input, destinations: (sources[0] as Source).destinations },
      cores: cores.map((core) => (outputs.includes(core) ? { ...core, monitorEnable: true } : core)),
      outputs: outputs.map(({ core }) => ({ core, featureShift: this.#chance(0.2) ? this.#integer(1, 40) : 0 })),
      slowClock: this.#slowClock(),
      ...(this.#allowed("readout") && this.#chance(0.3) && { readout: this.#readout(cores) }),
      provenance: this.#provenance(),
    };
  }

  /** One route to the next core, or two that bring maps of equal height and width; no source gets a third destination. */
  #routes(sources: readonly Source[]): Route[] {
    const free = sources.filter((source) => source.destinations.length < 2);
    // The latest source has no destination yet, so there is always one; it comes first to make deep networks likely.
    const first = this.#chance(0.6) ? (free.at(-1) as Source) : this.#pick(free);
    const [, height, width] = first.shape;
    const pooling = this.#pick(POOLINGS.filter((pool) => pool <= Math.min(height, width)));
    const routes = [{ source: first, pooling, featureShift: this.#shift() }];
    if (!this.#allowed("merges") || !this.#chance(0.6)) return routes;
    const seconds = free
      .filter((source) => source !== first || source.destinations.length === 0)
      .flatMap((source) => POOLINGS.map((pool) => ({ source, pooling: pool, featureShift: this.#shift() })))
      .filter((route) => pooledSize(route) === pooledSize(routes[0] as Route));
    if (seconds.length > 0) routes.push(this.#pick(seconds));
    return routes;
  }

  #core(core: number, layer: string, inputShape: MapShape): CoreConfig {
    const [, height, width] = inputShape;
    const rectangular = this.#options.rectangular === true;
    const y = this.#axis(height, 1, rectangular ? 16 : Math.min(16, width + 14));
    const x = rectangular ? this.#axis(width, 1, 16) : height === width ? y : this.#axis(width, y.kernel, y.kernel);
    const features = this.#features(inputShape[0], y, x);
    const outputShape: MapShape = [features, y.output, x.output];
    const random = new Random(this.#integer(0, 0xffff_ffff));
    const thresholdHigh = this.#chance(0.8) ? this.#integer(1, 400) : this.#integer(1, 32_767);
    const neurons = features * y.output * x.output;
    const leak = this.#allowed("leak") && this.#chance(0.3);
    return {
      core,
      layer,
      inputShape,
      outputShape,
      kernelSize: [y.kernel, x.kernel],
      stride: [y.stride, x.stride],
      padding: [y.padding, x.padding],
      weights: this.#weights(features * inputShape[0] * y.kernel * x.kernel, random),
      ...(leak && { leak: Int16Array.from({ length: features }, () => random.integer(-300, 300)) }),
      leakInternalSlowClock: leak && this.#chance(0.5),
      thresholdHigh,
      thresholdLow: this.#chance(0.5) ? -thresholdHigh : this.#integer(-32_768, 0),
      returnToZero: this.#chance(0.3),
      monitorEnable: this.#chance(0.3),
      congestionBalancer: this.#chance(0.1),
      ...(this.#allowed("decimators") && this.#chance(0.2) && { decimator: { ratio: this.#pick(DECIMATORS) } }),
      ...(this.#allowed("initialStates") && this.#chance(0.2) && { initialState: this.#states(neurons, random) }),
      destinations: [],
      scale: this.#integer(1, 10_000) / 64,
    };
  }

  /** Kernel (from `least` to `most`, which the largest padding must allow), stride and padding along one axis. */
  #axis(size: number, least: number, most: number): Axis {
    const same = this.#chance(0.4);
    const padding = Math.max(same ? 1 : this.#integer(0, 7), Math.ceil((least - size) / 2));
    const largest = Math.min(most, size + 2 * padding);
    const kernel = same ? Math.max(least, Math.min(3, largest)) : this.#integer(least, largest);
    const start = same ? 1 : this.#pick(STRIDES);
    const stride = STRIDES.find((s) => s >= start && convOutput(size, kernel, padding, s) <= LARGEST_MAP) as number;
    return { kernel, stride, padding, output: convOutput(size, kernel, padding, stride) };
  }

  /** Output features, few enough for kernel and neuron memory. */
  #features(inputFeatures: number, y: Axis, x: Axis): number {
    const fits = (outputFeatures: number) => {
      const output = [y.output, x.output] as const;
      const need = wordsNeeded({ inputFeatures, outputFeatures, kernel: [y.kernel, x.kernel], output, leak: false });
      return Math.max(need.kernelWords, need.neuronWords) <= SMALLEST_MEMORY;
    };
    let most = this.#options.maxFeatures ?? 20;
    while (most > 1 && !fits(most)) most--;
    return this.#integer(1, most);
  }

  #weights(length: number, random: Random): Int8Array {
    const style = this.#pick(["any", "small", "sparse", "extreme", "positive"] as const);
    return Int8Array.from({ length }, () => {
      switch (style) {
        case "any":
          return random.integer(-128, 127);
        case "small":
          return random.integer(-6, 8);
        case "sparse":
          return random.below(4) === 0 ? random.integer(-128, 127) : 0;
        case "extreme":
          return random.below(3) === 0 ? -128 : 127;
        case "positive":
          return random.integer(0, 127);
      }
    });
  }

  #states(length: number, random: Random): Int16Array {
    const wide = this.#chance(0.3);
    return Int16Array.from({ length }, () => (wide ? random.integer(-32_768, 32_767) : random.integer(-500, 500)));
  }

  #input(): InputConfig {
    const largest = this.#options.maxSize ?? 12;
    const height = this.#integer(1, largest);
    const width = this.#chance(0.5) ? height : this.#integer(1, largest);
    const steps = this.#allowed("inputSteps");
    const maybe = (chance: number) => steps && this.#chance(chance);
    const mirrorDiagonal = maybe(0.2);
    const features = this.#chance(0.7) ? this.#integer(1, 2) : this.#integer(1, this.#options.maxFeatures ?? 20);
    return {
      shape: [features, height, width],
      onChannel: !maybe(0.1),
      offChannel: !maybe(0.1),
      merge: maybe(0.2),
      pooling: maybe(0.2) ? [this.#pick(POOLINGS), this.#pick(POOLINGS)] : [1, 1],
      ...(maybe(0.2) && { cut: this.#cut(mirrorDiagonal ? [width, height] : [height, width]) }),
      mirrorX: maybe(0.2),
      mirrorY: maybe(0.2),
      mirrorDiagonal,
      ...(this.#allowed("filter") && this.#chance(0.2) && { filter: this.#filter() }),
      destinations: [],
    };
  }

  #cut([height, width]: readonly [number, number]): NonNullable<InputConfig["cut"]> {
    const origin = [this.#integer(0, 20), this.#integer(0, 20)] as const;
    return { origin, corner: [origin[0] + height - 1, origin[1] + width - 1] };
  }

  #filter(): FilterConfig {
    return {
      mode: this.#pick(["noise", "lowPass", "noiseAndHotPixel"] as const),
      size: [this.#integer(0, 7) * 2 + 1, this.#integer(0, 7) * 2 + 1],
      threshold: this.#integer(0, 65_535),
    };
  }

  #slowClock(): SlowClockConfig {
    const source = this.#pick(["none", "external", "internal"] as const);
    if (source === "external") return { source, periodUs: this.#integer(100, 100_000) };
    if (source === "internal") return { source, divider: this.#pick(this.#options.dividers ?? [14, 15, 16, 17]) };
    return { source };
  }

  #readout(cores: readonly CoreConfig[]): ReadoutConfig {
    return {
      core: (cores.at(-1) as CoreConfig).core,
      classes: this.#integer(1, 15),
      layout: this.#pick(["2x2y4f", "2x4y2f", "4x4y1f", "1x1y16f"] as const),
      average: this.#pick([1, 16, 32] as const),
      threshold: this.#integer(0, 65_535),
      overrideThresholdMax: this.#chance(0.5),
      outputMode: this.#pick(["off", "compare", "selected", "max"] as const),
    };
  }

  #provenance(): ChipConfig["provenance"] {
    return {
      tool: "spikewright 0.1.0",
      network: this.#draw(fc.string, { unit: "grapheme", maxLength: 12 }),
      networkSha256: this.#chance(0.5) ? "" : "fedcba9876543210".repeat(4),
      quantizeRule: this.#pick(["default", "sinabs"]),
      objective: this.#pick(["load", "cores", "latency"]),
      optimal: this.#chance(0.5),
      seed: this.#draw(fc.maxSafeNat),
      warnings: Array.from({ length: this.#integer(0, 2) }, (_, i) => `warning ${i}`),
    };
  }

  #shift(): number {
    return this.#chance(0.25) ? this.#integer(1, 3) : 0;
  }

  #allowed(feature: "merges" | "decimators" | "leak" | "initialStates" | "inputSteps" | "filter" | "readout"): boolean {
    return this.#options[feature] !== false;
  }

  #integer(min: number, max: number): number {
    return this.#draw(fc.integer, { min, max });
  }

  /** True with about this probability; shrinks towards false. */
  #chance(probability: number): boolean {
    return this.#integer(0, 99) >= 100 - probability * 100;
  }

  /** One of the values; shrinks towards the first. */
  #pick<T>(values: readonly T[]): T {
    return values[this.#integer(0, values.length - 1)] as T;
  }

  #shuffle(values: readonly number[]): number[] {
    return this.#draw(fc.shuffledSubarray<number>, [...values], { minLength: values.length });
  }
}

/** The map that takes what all routes bring, with `spare` features that nobody feeds. */
function inputShapeOf(routes: readonly Route[], spare: number): MapShape {
  const { source, pooling } = routes[0] as Route;
  const features = Math.max(...routes.map((route) => route.source.shape[0] + route.featureShift));
  return [features + spare, Math.floor(source.shape[1] / pooling), Math.floor(source.shape[2] / pooling)];
}

function pooledSize({ source, pooling }: Route): string {
  return `${Math.floor(source.shape[1] / pooling)}x${Math.floor(source.shape[2] / pooling)}`;
}
