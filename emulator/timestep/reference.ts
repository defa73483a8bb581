import { packAddress } from "../program.ts";
import { addInput } from "./add-input.ts";
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
  createArray,
  INT_LIMIT,
  type Numbers,
  type TimestepLayerProgram,
  type TimestepProgram,
  type TimestepRoute,
} from "./program.ts";

/** State of one layer while it runs. */
interface LayerState {
  readonly program: TimestepLayerProgram;
  /** Membranes, `[y][x][f]`. */
  readonly v: Numbers;
  /** Input of the step in weights' units, `[y][x][f]`; between steps it holds the base. */
  readonly z: Numbers;
  /** Summed counts of the step, `[y][x][c]`. */
  readonly x: Numbers;
  base: Numbers | null;
  readonly address: Uint32Array;
  readonly count: Numbers;
  length: number;
  /** Largest sum of |x| that the integers of this step can stand [T4]. */
  load: number;
  counters: TimestepCounters;
}

/**
 * The engine that is the definition of timestep mode: plain TypeScript, every neuron visited in every step.
 *
 * [T1] One step, layer by layer, no delay between layers: z = conv(x) + bias; v = v + z; spikes; reset; lower bound.
 * [T2] Floats: z starts at the bias and takes the inputs ascending in (y, x, feature); every product and every sum is
 * rounded to 32 bits; v + z is one sum. Integers are exact in any order.
 */
export class ReferenceTimestepEngine implements TimestepEngine {
  readonly kernel = "reference";
  readonly program: TimestepProgram;
  readonly #layers: readonly LayerState[];
  #active = true;

  // Every neuron is visited in any case, so there is nothing to choose.
  constructor(program: TimestepProgram, _options: EngineOptions = {}) {
    this.program = program;
    this.#layers = program.cores.map((layer) => {
      const neurons = neuronCount(layer);
      return {
        program: layer,
        v: createArray(program.arithmetic, neurons),
        z: createArray(program.arithmetic, neurons),
        x: createArray(program.arithmetic, layer.inHeight * layer.inWidth * layer.inFeatures),
        base: null,
        address: new Uint32Array(neurons),
        count: createArray(program.arithmetic, neurons),
        length: 0,
        load: 0,
        counters: zeroTimestepCounters(layer),
      };
    });
    this.reset();
  }

  get active(): boolean {
    return this.#active;
  }

  deposit(address: Uint32Array, value: Numbers | null, length: number): void {
    for (const route of this.program.inputRoutes) this.#send(route, address, value, length, null);
  }

  setBase(index: number, values: Numbers | null): void {
    const state = this.#layers[index];
    state.base = values ? values.slice() : state.program.bias;
    resetInput(state);
    this.#active = true;
  }

  step(): void {
    let active = false;
    for (const state of this.#layers) {
      this.#convolve(state);
      const residues = state.counters.residues;
      this.#fire(state);
      active ||= state.base !== null || state.counters.residues > residues;
      for (const route of state.program.routes) {
        this.#send(route, state.address, state.count, state.length, state.counters);
      }
    }
    this.#active = active;
  }

  spikes(index: number): StepSpikes {
    return this.#layers[index];
  }

  counters(): readonly TimestepCounters[] {
    return this.#layers.map((state) => ({ ...state.counters }));
  }

  addCounts(index: number, counts: AnalogueCounts): void {
    const into = this.#layers[index].counters;
    for (const key of Object.keys(counts) as (keyof AnalogueCounts)[]) into[key] += counts[key];
  }

  readMembranes(index: number): Numbers {
    return this.#layers[index].v.slice();
  }

  writeMembranes(index: number, values: ArrayLike<number>): void {
    this.#layers[index].v.set(values);
    this.#active = true;
  }

  reset(): void {
    for (const state of this.#layers) {
      const { program } = state;
      if (program.initial) state.v.set(program.initial);
      else state.v.fill(0);
      state.base = program.bias;
      resetInput(state);
      state.x.fill(0);
      state.length = 0;
      state.load = 0;
      state.counters = zeroTimestepCounters(program);
    }
    this.#active = true;
  }

  /** [T3] Pools counts and delivers them: a spike reaches every window that it lies in, and none beyond the edge. */
  #send(
    route: TimestepRoute,
    address: Uint32Array,
    value: Numbers | null,
    length: number,
    from: TimestepCounters | null,
  ): void {
    const to = this.#layers[route.index];
    const { rows, columns, inWidth, inFeatures, features, nonZero } = to.program;
    const float = this.program.arithmetic === "float32";
    for (let i = 0; i < length; i++) {
      const n = value ? value[i] : 1;
      // An analogue value is one event, whatever its size: it costs one multiply-accumulate a tap.
      const events = Number.isInteger(n) ? Math.abs(n) : 1;
      const packed = address[i];
      const y = (packed >>> 10) & 1023;
      const x = packed & 1023;
      const rowsHit = route.rows.count[y];
      const columnsHit = route.columns.count[x];
      if (rowsHit * columnsHit === 0) {
        if (from) from.poolDropped += events;
        continue;
      }
      if (from) from.copies += events * rowsHit * columnsHit;
      const amount = float ? Math.fround(n * route.factor) : n * route.factor;
      for (let py = route.rows.first[y]; py < route.rows.first[y] + rowsHit; py++) {
        for (let px = route.columns.first[x]; px < route.columns.first[x] + columnsHit; px++) {
          const at = (py * inWidth + px) * inFeatures + (packed >>> 20) + route.featureShift;
          to.x[at] += amount;
          to.load += Math.abs(amount);
          to.counters.eventsIn += events;
          to.counters.taps += events * rows.count[py] * columns.count[px] * features;
          to.counters.neuronUpdates += events * nonZero[at];
        }
      }
    }
    this.#active = true;
  }

  /** z += conv(x), cross-correlation, inputs ascending; x is zero again afterwards. */
  #convolve(state: LayerState): void {
    const { program, z, x } = state;
    const { divisor } = program;
    const float = this.program.arithmetic === "float32";
    if (!float && state.load * program.largestWeight > INT_LIMIT) throw outOfRange(program);
    state.load = 0;
    let effective = 0;
    let graded = false;
    for (let at = 0; at < x.length; at++) {
      if (x[at] === 0) continue;
      const value = float && divisor !== 1 ? Math.fround(x[at] / divisor) : x[at];
      x[at] = 0;
      // NeuroBench sees the averaged value; integers carry the sum, so the scale is taken out again.
      const seen = value / program.scale;
      graded ||= seen !== 1 && seen !== -1;
      effective += program.nonZero[at];
      addInput(program, at, value, z, float);
    }
    if (graded) state.counters.effectiveMacs += effective;
    else state.counters.effectiveAcs += effective;
  }

  /** v += z, spikes, reset, lower bound. */
  #fire(state: LayerState): void {
    const { program, v, z, counters } = state;
    const { threshold, floor, single, returnToZero, features, width } = program;
    const float = this.program.arithmetic === "float32";
    let vMax = counters.vMax ?? Number.NEGATIVE_INFINITY;
    let vMin = counters.vMin ?? Number.POSITIVE_INFINITY;
    state.length = 0;
    for (let at = 0; at < v.length; at++) {
      let value = float ? Math.fround(v[at] + z[at]) : v[at] + z[at];
      if (value > vMax) vMax = value;
      if (value < vMin) vMin = value;
      if (value >= threshold) {
        const n = single ? 1 : Math.trunc(float ? Math.fround(value / threshold) : value / threshold);
        const taken = n * threshold;
        value = returnToZero ? 0 : value - (float ? Math.fround(taken) : taken);
        if (float) value = Math.fround(value);
        if (value >= threshold) counters.residues++;
        const position = Math.floor(at / features);
        const y = Math.floor(position / width);
        state.address[state.length] = packAddress(at - position * features, y, position - y * width);
        state.count[state.length++] = n;
        counters.spikes += n;
      }
      if (value < floor) {
        value = floor;
        counters.clamped++;
      }
      v[at] = value;
    }
    counters.vMax = vMax;
    counters.vMin = vMin;
    if (program.bias) counters.leakUpdates += v.length;
    if (!float && (vMax > INT_LIMIT || vMin < -INT_LIMIT)) throw outOfRange(program);
    resetInput(state);
  }
}

function resetInput(state: LayerState): void {
  if (state.base) state.z.set(state.base);
  else state.z.fill(0);
}
