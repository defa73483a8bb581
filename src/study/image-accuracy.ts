import { AnalogueInput } from "../../emulator/timestep/analogue.ts";
import { createTimestepEngine } from "../../emulator/timestep/create-engine.ts";
import { compileTimestep } from "../../emulator/timestep/program.ts";
import { ChipError } from "../errors.ts";
import { predict } from "../evaluate/prediction.ts";
import { timestepFromNetwork } from "../evaluate/timestep-network.ts";
import { DenseForward } from "../network/dense-forward.ts";
import { inferShapes } from "../network/shapes.ts";
import { formatShape, type Network } from "../network/types.ts";

/** Labelled images, already as a network takes them. */
export interface LabelledInputs {
  readonly count: number;
  label(index: number): number;
  /** `[feature][y][x]`. */
  values(index: number): ArrayLike<number>;
}

export interface AccuracyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number) => void;
}

export interface Accuracy {
  readonly samples: number;
  readonly correct: number;
  readonly accuracy: number;
}

export interface SpikingAccuracy extends Accuracy {
  /** Mean taps of a sample, zero weights included. */
  readonly synOpsPerSample: number;
  readonly ties: number;
  readonly silent: number;
}

/** How often the largest output of a network in real numbers is the label; the first of equals counts. */
export function floatAccuracy(network: Network, inputs: LabelledInputs, options: AccuracyOptions = {}): Accuracy {
  const forward = new DenseForward(network);
  const [output] = [...network.nodes].find(([, node]) => node.op === "output")!;
  const [features, height, width] = inferShapes(network).get(output)!;
  const pixels = height * width;
  let correct = 0;
  for (let i = 0; i < inputs.count; i++) {
    goOn(options, i);
    const values = forward.run(inputs.values(i)).get(output)!;
    let best = 0;
    let most = Number.NEGATIVE_INFINITY;
    for (let f = 0; f < features; f++) {
      let sum = 0;
      for (let p = 0; p < pixels; p++) sum += values[f * pixels + p];
      if (sum > most) [best, most] = [f, sum];
    }
    if (best === inputs.label(i)) correct++;
  }
  return { samples: inputs.count, correct, accuracy: correct / inputs.count };
}

/**
 * How often the output feature with most spikes is the label, when a float network runs in timestep mode with each image
 * as a constant current for `steps` steps.
 *
 * @param inputs values are the current of one step (`imageToCurrent`)
 */
export function spikingAccuracy(
  network: Network,
  inputs: LabelledInputs,
  steps: number,
  options: AccuracyOptions = {},
): SpikingAccuracy {
  const { network: timestep, outputs } = timestepFromNetwork(network);
  const engine = createTimestepEngine(compileTimestep(timestep));
  const features = Math.max(...outputs.map((index) => timestep.layers[index].outputShape[0]));
  if (timestep.inputShape.reduce((a, b) => a * b, 1) !== inputs.values(0).length) {
    throw new ChipError(
      "E_INPUT",
      `the images have ${inputs.values(0).length} values; the network's input ${formatShape(timestep.inputShape)} takes others.`,
    );
  }
  const totals = { correct: 0, ties: 0, silent: 0, taps: 0 };
  for (let i = 0; i < inputs.count; i++) {
    goOn(options, i);
    engine.reset();
    const input = new AnalogueInput(engine, inputs.values(i));
    const counts = new Array<number>(features).fill(0);
    for (let step = 0; step < steps; step++) {
      input.step();
      for (const index of outputs) {
        const spikes = engine.spikes(index);
        for (let k = 0; k < spikes.length; k++) counts[spikes.address[k] >>> 20] += spikes.count[k];
      }
    }
    input.end();
    for (const { taps } of engine.counters()) totals.taps += taps;
    const { prediction, tie } = predict(counts);
    if (prediction === inputs.label(i)) totals.correct++;
    if (tie) totals.ties++;
    if (prediction === null) totals.silent++;
  }
  const { correct, ties, silent, taps } = totals;
  const samples = inputs.count;
  return { samples, correct, accuracy: correct / samples, synOpsPerSample: taps / samples, ties, silent };
}

function goOn({ signal, onProgress }: AccuracyOptions, done: number): void {
  if (signal?.aborted) throw new ChipError("E_INTERRUPTED", "interrupted; nothing was written.");
  onProgress?.(done);
}
