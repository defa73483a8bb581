import { ChipError } from "../../src/errors.ts";
import { addInput } from "./add-input.ts";
import { type AnalogueCounts, neuronCount, outOfRange, type TimestepEngine } from "./engine.ts";
import { INT_LIMIT, type TimestepLayerProgram, type TimestepProgram } from "./program.ts";

/**
 * The current of an image that is shown for `steps` steps: pixel / steps in each of them (Sorbaro et al. 2020), so that
 * the whole presentation brings every pixel once.
 */
export function imageCurrent(image: ArrayLike<number>, steps: number): Float32Array {
  return Float32Array.from(image, (pixel) => pixel / steps);
}

/**
 * Shows a constant analogue input to an engine: what it sends through the weights is the same in every step, so it is
 * worked out once and becomes the start of each step's sum [T5].
 *
 * Floats: as if the values were deposited in each step. Integers: a neuron's current is its real current x the layer's
 * scale, which is what integer weights make of the values; it is rounded half to even in each step and the remainder is
 * carried to the next.
 */
export class AnalogueInput {
  readonly #engine: TimestepEngine;
  readonly #currents: readonly LayerCurrent[];

  /**
   * @param values `[f][y][x]` of the network's input, the current of one step
   * @throws ChipError E_INPUT when the number of values is not that of the input, or one is not finite
   */
  constructor(engine: TimestepEngine, values: ArrayLike<number>) {
    const { program } = engine;
    checkValues(program, values);
    const fed = new Set(program.inputRoutes.map((route) => route.index));
    this.#engine = engine;
    this.#currents = [...fed].map((index) => layerCurrent(program, index, values));
    if (program.arithmetic === "float32") {
      for (const { index, current } of this.#currents) engine.setBase(index, current as Float32Array);
    }
  }

  /** One step under this input. */
  step(): void {
    for (const { index, current, remainder, counts } of this.#currents) {
      this.#engine.addCounts(index, counts);
      if (remainder) this.#engine.setBase(index, nextIntegers(current, remainder));
    }
    this.#engine.step();
  }

  /** Takes the input away. */
  end(): void {
    for (const { index } of this.#currents) this.#engine.setBase(index, null);
  }
}

interface LayerCurrent {
  readonly index: number;
  /** `[y][x][f]`, bias included. */
  readonly current: Float32Array | Float64Array;
  /** Only with integers. */
  readonly remainder: Float64Array | null;
  /** One step's. */
  readonly counts: AnalogueCounts;
}

function checkValues(program: TimestepProgram, values: ArrayLike<number>): void {
  const shape = program.network.inputShape;
  const needed = shape[0] * shape[1] * shape[2];
  if (values.length !== needed) {
    throw new ChipError(
      "E_INPUT",
      `the image has ${values.length} values, the network's input ${shape.join("x")} takes ${needed}; resize or crop it.`,
    );
  }
  for (let i = 0; i < needed; i++) {
    if (!Number.isFinite(values[i])) throw new ChipError("E_INPUT", `value ${i} of the image is ${values[i]}.`);
  }
}

function layerCurrent(program: TimestepProgram, index: number, values: ArrayLike<number>): LayerCurrent {
  const layer = program.cores[index];
  const float = program.arithmetic === "float32";
  const inputs = layer.inHeight * layer.inWidth * layer.inFeatures;
  const x = float ? new Float32Array(inputs) : new Float64Array(inputs);
  const counts = { eventsIn: 0, taps: 0, neuronUpdates: 0, effectiveAcs: 0, effectiveMacs: 0 };
  for (const route of program.inputRoutes) {
    if (route.index === index) deposit(program, route, values, x, counts);
  }
  const current = float ? new Float32Array(neuronCount(layer)) : new Float64Array(neuronCount(layer));
  if (layer.bias) current.set(layer.bias);
  let graded = false;
  let effective = 0;
  for (let at = 0; at < inputs; at++) {
    if (x[at] === 0) continue;
    const value = float && layer.divisor !== 1 ? Math.fround(x[at] / layer.divisor) : x[at];
    graded ||= Math.abs(value) !== layer.scale;
    effective += layer.nonZero[at];
    addInput(layer, at, value, current, float);
  }
  counts[graded ? "effectiveMacs" : "effectiveAcs"] = effective;
  if (!float && current.some((value) => Math.abs(value) > INT_LIMIT)) throw outOfRange(layer);
  return { index, current, remainder: float ? null : new Float64Array(current.length), counts };
}

/** Pools the values into the receiving layer's input and counts one event for each that is not zero. */
function deposit(
  program: TimestepProgram,
  route: TimestepProgram["inputRoutes"][number],
  values: ArrayLike<number>,
  x: Float32Array | Float64Array,
  counts: { eventsIn: number; taps: number; neuronUpdates: number },
): void {
  const [features, height, width] = program.network.inputShape;
  const layer: TimestepLayerProgram = program.cores[route.index];
  const round = program.arithmetic === "float32" ? Math.fround : (value: number) => value;
  for (let y = 0; y < height; y++) {
    for (let ix = 0; ix < width; ix++) {
      for (let f = 0; f < features; f++) {
        const value = round(values[(f * height + y) * width + ix]);
        if (value === 0) continue;
        for (let py = route.rows.first[y]; py < route.rows.first[y] + route.rows.count[y]; py++) {
          for (let px = route.columns.first[ix]; px < route.columns.first[ix] + route.columns.count[ix]; px++) {
            const at = (py * layer.inWidth + px) * layer.inFeatures + f + route.featureShift;
            x[at] += round(value * route.factor);
            counts.eventsIn++;
            counts.taps += layer.rows.count[py] * layer.columns.count[px] * layer.features;
            counts.neuronUpdates += layer.nonZero[at];
          }
        }
      }
    }
  }
}

function nextIntegers(current: ArrayLike<number>, remainder: Float64Array): Int32Array {
  const integers = new Int32Array(remainder.length);
  for (let i = 0; i < integers.length; i++) {
    const due = current[i] + remainder[i];
    const rounded = roundHalfEven(due);
    integers[i] = rounded;
    remainder[i] = due - rounded;
  }
  return integers;
}

/** To the nearest integer, halves to the even one: 0.5 -> 0, 1.5 -> 2, -0.5 -> 0. */
export function roundHalfEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}
