import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import {
  type Arithmetic,
  FROM_INPUT,
  type TimestepLayer,
  type TimestepNetwork,
  type TimestepPool,
} from "../../emulator/timestep/layer.ts";
import { ChipError, messageOf } from "../../src/errors.ts";

type Triple = readonly [number, number, number];
/** `[t, c, y, x, n]`. */
type Row = readonly [number, number, number, number, number];

interface GoldenLayer {
  readonly type: "conv" | "linear";
  readonly in_shape: Triple;
  readonly out_shape: Triple;
  readonly kernel?: readonly [number, number];
  readonly stride?: readonly [number, number];
  readonly padding?: readonly [number, number];
  readonly weight: readonly number[];
  readonly bias: readonly number[] | null;
  readonly threshold: number;
  readonly min_v_mem: number | null;
  readonly spike_fn: "multi" | "single";
  readonly pool: { readonly type: "sum" | "avg"; readonly kernel: number; readonly stride: number } | null;
}

/** A network, its input and everything it must do, step by step. */
export interface GoldenCase {
  readonly format: "snn-golden-1";
  readonly name: string;
  readonly input_shape: Triple;
  readonly timesteps: number;
  readonly layers: readonly GoldenLayer[];
  readonly input: readonly Row[];
  /** Of each layer, before its pooling. */
  readonly spikes: readonly (readonly Row[])[];
  readonly spike_counts: readonly number[];
  /** `[c][y][x]`. */
  readonly v_mem_final: readonly (readonly number[])[];
  readonly synops: readonly number[];
  /** `[max, min]` before spiking and bound. */
  readonly v_range: readonly (readonly [number, number])[];
}

/**
 * Reads every case of a folder and the folders in it, in order of name.
 *
 * @throws ChipError E_FILE_NOT_FOUND, E_FORMAT naming the file, E_DATASET when there is no case
 */
export function readCases(folder: string): GoldenCase[] {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ChipError("E_FILE_NOT_FOUND", `${folder} is not a folder; give the folder of the golden cases.`);
  }
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  if (files.length === 0) {
    throw new ChipError("E_DATASET", `${folder} holds no .json file; give the folder of the golden cases.`);
  }
  return files.sort().map((name) => readCase(join(folder, name)));
}

function readCase(path: string): GoldenCase {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new ChipError("E_FORMAT", `${path} is not JSON: ${messageOf(cause)}.`, { cause });
  }
  const found = (value as Partial<GoldenCase> | null)?.format;
  if (found !== "snn-golden-1") {
    throw new ChipError("E_FORMAT", `${path} has the format ${JSON.stringify(found)}; "snn-golden-1" is needed.`);
  }
  const golden = value as GoldenCase;
  const sound =
    Array.isArray(golden.layers) &&
    golden.layers.every((layer) => [layer?.in_shape, layer?.out_shape, layer?.weight].every(Array.isArray));
  if (!sound) throw new ChipError("E_FORMAT", `${path} needs "layers", each with in_shape, out_shape and weight.`);
  const layers = golden.layers.length;
  for (const key of ["spikes", "spike_counts", "v_mem_final", "synops", "v_range"] as const) {
    if (!Array.isArray(golden[key]) || golden[key].length !== layers) {
      throw new ChipError("E_FORMAT", `${path} needs "${key}" for each of its ${layers} layers.`);
    }
  }
  if (!Array.isArray(golden.input)) throw new ChipError("E_FORMAT", `${path} needs "input", a list of [t,c,y,x,n].`);
  return golden;
}

/** The network of a case: a chain. */
export function networkOf(golden: GoldenCase, arithmetic: Arithmetic): TimestepNetwork {
  return {
    arithmetic,
    inputShape: golden.input_shape,
    layers: golden.layers.map((layer, index): TimestepLayer => {
      const linear = layer.type === "linear";
      const [, height, width] = layer.in_shape;
      return {
        name: `layer${index}`,
        core: index,
        inputShape: layer.in_shape,
        outputShape: layer.out_shape,
        kernelSize: linear ? [height, width] : (layer.kernel ?? [1, 1]),
        stride: layer.stride ?? [1, 1],
        padding: layer.padding ?? [0, 0],
        weights: layer.weight,
        bias: layer.bias,
        threshold: layer.threshold,
        minVMem: layer.min_v_mem,
        spikeFunction: layer.spike_fn,
        reset: "subtract",
        sources: [
          { from: index === 0 ? FROM_INPUT : index - 1, pool: poolOf(golden.layers[index - 1]?.pool), featureShift: 0 },
        ],
        monitor: true,
        initialState: null,
      };
    }),
  };
}

function poolOf(pool: GoldenLayer["pool"] | undefined): TimestepPool | null {
  if (!pool) return null;
  return {
    kernel: [pool.kernel, pool.kernel],
    stride: [pool.stride, pool.stride],
    padding: [0, 0],
    divisor: pool.type === "avg" ? pool.kernel ** 2 : 1,
  };
}
