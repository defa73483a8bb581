import { FROM_INPUT, type TimestepLayer, type TimestepNetwork } from "../../emulator/timestep/layer.ts";
import { compileTimestep, type TimestepProgram } from "../../emulator/timestep/program.ts";
import { ReferenceTimestepEngine } from "../../emulator/timestep/reference.ts";
import { SimdTimestepEngine } from "../../emulator/timestep/simd.ts";

/** One neuron on a one-pixel input: weight 1, threshold 1, no bound. */
export function tinyLayer(change: Partial<TimestepLayer> = {}): TimestepLayer {
  return {
    name: "layer0",
    core: 0,
    inputShape: [1, 1, 1],
    outputShape: [1, 1, 1],
    kernelSize: [1, 1],
    stride: [1, 1],
    padding: [0, 0],
    weights: [1],
    bias: null,
    threshold: 1,
    minVMem: null,
    spikeFunction: "multi",
    reset: "subtract",
    sources: [{ from: FROM_INPUT, pool: null, featureShift: 0 }],
    monitor: true,
    initialState: null,
    ...change,
  };
}

export function tinyProgram(layers: readonly TimestepLayer[], change: Partial<TimestepNetwork> = {}): TimestepProgram {
  return compileTimestep({ arithmetic: "int32", inputShape: layers[0].inputShape, layers, ...change });
}

/** Both engines, for `describe.each`. */
export const ENGINES = [
  { kernel: "reference", create: (program: TimestepProgram) => new ReferenceTimestepEngine(program) },
  { kernel: "simd", create: (program: TimestepProgram) => new SimdTimestepEngine(program) },
] as const;
