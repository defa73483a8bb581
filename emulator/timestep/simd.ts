import { wasmBase64 } from "../kernel/generated/timestep.ts";
import {
  type AnalogueCounts,
  type EngineOptions,
  neuronCount,
  outOfRange,
  type StepSpikes,
  type TimestepCounters,
  type TimestepEngine,
  zeroTimestepCounters,
} from "./engine.ts";
import {
  INT_LIMIT,
  inputAddresses,
  type Numbers,
  type TimestepLayerProgram,
  type TimestepProgram,
  type TimestepRoute,
} from "./program.ts";
import { Arena, type KernelExports, kernelModule } from "./wasm.ts";

/** Input events handed to the kernel in one call. */
const LIST_CAPACITY = 4096;

/** Words of the structure `Layer` in kernel/timestep.as.ts, in its order. */
const LAYER = wordsOf(
  "v z base weights x active activeWords touched touchedWords decode nonZero rows columns inFeatures inWidth features " +
    "width positions kernelY kernelX single returnToZero dense threshold floor vMax vMin divisor unit source",
);
const LAYER_COUNTERS = [
  "load",
  "eventsIn",
  "taps",
  "neuronUpdates",
  "spikes",
  "residues",
  "clamped",
  "effectiveAcs",
  "effectiveMacs",
] as const;
/** The same of `Source`. */
const SOURCE = wordsOf("address count length routes routeCount");
const SOURCE_COUNTERS_OFFSET = 24;

/** Addresses of one layer in the kernel's memory. */
interface LayerPlace {
  readonly program: TimestepLayerProgram;
  readonly struct: number;
  readonly source: SourcePlace;
  readonly v: number;
  readonly z: number;
  readonly x: number;
  readonly active: number;
  readonly touched: number;
  readonly bias: number;
  /** Where `setBase` puts its values; 0 until it is used. */
  held: number;
  /** What z starts from now: the bias, what is held, or 0. */
  started: number;
  steps: number;
}

interface SourcePlace {
  readonly struct: number;
  readonly address: number;
  readonly count: number;
}

/** The engine on WebAssembly SIMD; equal to `ReferenceTimestepEngine` bit for bit. */
export class SimdTimestepEngine implements TimestepEngine {
  readonly kernel = "simd";
  readonly program: TimestepProgram;
  readonly #kernel: KernelExports;
  readonly #arena: Arena;
  readonly #layers: readonly LayerPlace[];
  readonly #input: SourcePlace;
  readonly #structs: number;
  readonly #largestWeights: number;
  readonly #float: boolean;
  readonly #visitAll: boolean;
  #active = true;
  /** The next step looks at every neuron: membranes were written. */
  #unsettled = true;

  /** @throws WebAssembly.CompileError where SIMD is missing; `createTimestepEngine` falls back instead */
  constructor(program: TimestepProgram, options: EngineOptions = {}) {
    this.program = program;
    this.#float = program.arithmetic === "float32";
    this.#visitAll = options.visitAll ?? false;
    this.#kernel = new WebAssembly.Instance(kernelModule(wasmBase64)).exports as unknown as KernelExports;
    this.#arena = new Arena(this.#kernel.memory, this.#kernel.heapBase());
    const layerSize = this.#kernel.sizeOfLayer();
    this.#structs = this.#arena.reserve(layerSize * program.cores.length);
    this.#layers = program.cores.map((layer, index) => this.#placeLayer(layer, this.#structs + index * layerSize));
    this.#largestWeights = this.#arena.copy(Int32Array.from(program.cores, (layer) => layer.largestWeight));
    this.#input = this.#placeSource(program.inputRoutes, LIST_CAPACITY);
    this.reset();
  }

  get active(): boolean {
    return this.#active;
  }

  deposit(address: Uint32Array, value: Numbers | null, length: number): void {
    const { struct, address: addressAt, count: countAt } = this.#input;
    for (let from = 0; from < length; from += LIST_CAPACITY) {
      const part = Math.min(LIST_CAPACITY, length - from);
      this.#arena.u32.set(address.subarray(from, from + part), addressAt >> 2);
      const counts = this.#numbers(countAt, part);
      if (value) counts.set(value.subarray(from, from + part));
      else counts.fill(1);
      this.#setWord(struct, SOURCE.length, part);
      if (this.#float) this.#kernel.sendF32(struct);
      else this.#kernel.sendI32(struct);
    }
    this.#active = true;
  }

  setBase(index: number, values: Numbers | null): void {
    const layer = this.#layers[index];
    if (values) {
      layer.held ||= this.#arena.reserve(values.byteLength);
      this.#numbers(layer.held, values.length).set(values);
    }
    this.#startFrom(layer, values ? layer.held : layer.bias);
    this.#active = true;
  }

  step(): void {
    if (this.#unsettled) this.#setDense(true);
    const residues = this.#residues();
    const count = this.#layers.length;
    const failed = this.#float
      ? this.#kernel.stepF32(this.#structs, count)
      : this.#kernel.stepI32(this.#structs, count, this.#largestWeights, INT_LIMIT);
    if (failed >= 0) throw outOfRange(this.#layers[failed].program);
    for (const layer of this.#layers) layer.steps++;
    if (this.#unsettled) this.#setDense(this.#visitAll);
    this.#unsettled = false;
    this.#active = this.#residues() > residues || this.#layers.some((layer) => layer.started !== 0);
  }

  spikes(index: number): StepSpikes {
    const { source } = this.#layers[index];
    const length = this.#arena.u32[(source.struct >> 2) + SOURCE.length];
    return {
      length,
      address: this.#arena.u32.subarray(source.address >> 2, (source.address >> 2) + length),
      count: this.#numbers(source.count, length),
    };
  }

  counters(): readonly TimestepCounters[] {
    return this.#layers.map((layer) => {
      const { program, struct, source } = layer;
      const counters = zeroTimestepCounters(program);
      const own = (struct + this.#kernel.offsetOfLayerCounters()) >> 3;
      LAYER_COUNTERS.forEach((name, i) => {
        if (name !== "load") counters[name] = this.#arena.f64[own + i];
      });
      const sent = (source.struct + SOURCE_COUNTERS_OFFSET) >> 3;
      counters.copies = this.#arena.f64[sent];
      counters.poolDropped = this.#arena.f64[sent + 1];
      if (program.bias) counters.leakUpdates = layer.steps * neuronCount(program);
      const [vMax] = this.#numbers(struct + 4 * LAYER.vMax, 1);
      const [vMin] = this.#numbers(struct + 4 * LAYER.vMin, 1);
      // They start crossed over, so that any membrane replaces both.
      return vMax < vMin ? counters : { ...counters, vMax, vMin };
    });
  }

  addCounts(index: number, counts: AnalogueCounts): void {
    const own = (this.#layers[index].struct + this.#kernel.offsetOfLayerCounters()) >> 3;
    LAYER_COUNTERS.forEach((name, i) => {
      if (name in counts) this.#arena.f64[own + i] += counts[name as keyof AnalogueCounts];
    });
  }

  readMembranes(index: number): Numbers {
    const { program, v } = this.#layers[index];
    return this.#numbers(v, neuronCount(program)).slice();
  }

  writeMembranes(index: number, values: ArrayLike<number>): void {
    const { program, v } = this.#layers[index];
    this.#numbers(v, neuronCount(program)).set(values);
    this.#unsettled = true;
    this.#active = true;
  }

  reset(): void {
    const { u32, f64 } = this.#arena;
    for (const layer of this.#layers) {
      const { program, struct, source } = layer;
      const neurons = neuronCount(program);
      const membranes = this.#numbers(layer.v, neurons);
      if (program.initial) membranes.set(program.initial);
      else membranes.fill(0);
      const inputs = program.inHeight * program.inWidth * program.inFeatures;
      u32.fill(0, layer.x >> 2, (layer.x >> 2) + inputs);
      u32.fill(0, layer.active >> 2, (layer.active >> 2) + 2 * words(inputs));
      u32.fill(0, layer.touched >> 2, (layer.touched >> 2) + 2 * words(program.height * program.width));
      const own = (struct + this.#kernel.offsetOfLayerCounters()) >> 3;
      f64.fill(0, own, own + LAYER_COUNTERS.length);
      const sent = (source.struct + SOURCE_COUNTERS_OFFSET) >> 3;
      f64.fill(0, sent, sent + 2);
      this.#setWord(source.struct, SOURCE.length, 0);
      this.#setNumber(struct, LAYER.vMax, this.#float ? Number.NEGATIVE_INFINITY : -(2 ** 31));
      this.#setNumber(struct, LAYER.vMin, this.#float ? Number.POSITIVE_INFINITY : 2 ** 31 - 1);
      this.#startFrom(layer, layer.bias);
      layer.steps = 0;
    }
    this.#unsettled = true;
    this.#active = true;
  }

  #placeLayer(layer: TimestepLayerProgram, struct: number): LayerPlace {
    const arena = this.#arena;
    const neurons = neuronCount(layer);
    const inputs = layer.inHeight * layer.inWidth * layer.inFeatures;
    const positions = layer.height * layer.width;
    const place: LayerPlace = {
      program: layer,
      struct,
      source: this.#placeSource(layer.routes, neurons),
      v: arena.reserve(4 * neurons),
      z: arena.reserve(4 * neurons),
      x: arena.reserve(4 * inputs),
      active: arena.reserve(8 * words(inputs)),
      touched: arena.reserve(8 * words(positions)),
      bias: layer.bias ? arena.copy(layer.bias) : 0,
      held: 0,
      started: 0,
      steps: 0,
    };
    const fields: Readonly<Record<string, number>> = {
      v: place.v,
      z: place.z,
      base: place.bias,
      weights: arena.copy(layer.weights),
      x: place.x,
      active: place.active,
      activeWords: words(inputs),
      touched: place.touched,
      touchedWords: words(positions),
      decode: arena.copy(inputAddresses(layer)),
      nonZero: arena.copy(layer.nonZero),
      rows: arena.copy(interleave([layer.rows.first, layer.rows.count, layer.rows.tap, null])),
      columns: arena.copy(interleave([layer.columns.first, layer.columns.count, layer.columns.tap, null])),
      inFeatures: layer.inFeatures,
      inWidth: layer.inWidth,
      features: layer.features,
      width: layer.width,
      positions,
      kernelY: layer.kernelY,
      kernelX: layer.kernelX,
      single: layer.single ? 1 : 0,
      returnToZero: layer.returnToZero ? 1 : 0,
      source: place.source.struct,
    };
    for (const [name, value] of Object.entries(fields)) this.#setWord(struct, LAYER[name], value);
    this.#setNumber(struct, LAYER.threshold, layer.threshold);
    this.#setNumber(struct, LAYER.floor, layer.floor);
    this.#setNumber(struct, LAYER.divisor, layer.divisor);
    this.#setNumber(struct, LAYER.unit, layer.scale);
    return place;
  }

  #placeSource(routes: readonly TimestepRoute[], capacity: number): SourcePlace {
    const arena = this.#arena;
    const size = this.#kernel.sizeOfRoute();
    const layerSize = this.#kernel.sizeOfLayer();
    const list = arena.reserve(size * routes.length);
    routes.forEach((route, i) => {
      const rows = arena.copy(interleave([route.rows.first, route.rows.count]));
      const columns = arena.copy(interleave([route.columns.first, route.columns.count]));
      const at = (list + i * size) >> 2;
      arena.u32.set([this.#structs + route.index * layerSize, rows, columns, route.featureShift], at);
      this.#numbers(4 * (at + 4), 1)[0] = route.factor;
    });
    const struct = arena.reserve(this.#kernel.sizeOfSource());
    const address = arena.reserve(4 * capacity);
    const count = arena.reserve(4 * capacity);
    arena.u32.set([address, count, 0, list, routes.length], struct >> 2);
    return { struct, address, count };
  }

  /** From now on, and for the step to come, z starts at these values. */
  #startFrom(layer: LayerPlace, base: number): void {
    const neurons = neuronCount(layer.program);
    this.#setWord(layer.struct, LAYER.base, base);
    layer.started = base;
    const z = this.#numbers(layer.z, neurons);
    if (base) z.set(this.#numbers(base, neurons));
    else z.fill(0);
  }

  #residues(): number {
    const offset = this.#kernel.offsetOfLayerCounters() + 8 * LAYER_COUNTERS.indexOf("residues");
    let sum = 0;
    for (const { struct } of this.#layers) sum += this.#arena.f64[(struct + offset) >> 3];
    return sum;
  }

  #numbers(at: number, length: number): Numbers {
    const { i32, f32 } = this.#arena;
    return (this.#float ? f32 : i32).subarray(at >> 2, (at >> 2) + length);
  }

  #setDense(dense: boolean): void {
    for (const { struct } of this.#layers) this.#setWord(struct, LAYER.dense, dense ? 1 : 0);
  }

  #setWord(struct: number, word: number, value: number): void {
    this.#arena.u32[(struct >> 2) + word] = value;
  }

  #setNumber(struct: number, word: number, value: number): void {
    this.#numbers(struct + 4 * word, 1)[0] = value;
  }
}

/** Position of each field, in 32-bit words. */
function wordsOf(fields: string): Readonly<Record<string, number>> {
  return Object.fromEntries(fields.split(" ").map((name, index) => [name, index]));
}

/** 64-bit words of a bit map. */
function words(bits: number): number {
  return Math.ceil(bits / 64);
}

/** Columns of a table as rows of 16-bit numbers; null: zeros. */
function interleave(columns: readonly (Uint16Array | null)[]): Uint16Array {
  const length = columns[0]?.length ?? 0;
  const table = new Uint16Array(length * columns.length);
  columns.forEach((column, c) => {
    for (let i = 0; i < length; i++) table[i * columns.length + c] = column ? column[i] : 0;
  });
  return table;
}
