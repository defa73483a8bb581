import { ChipError } from "../errors.ts";
import type { NpyData } from "../formats/npy.ts";
import { readNpz, writeNpz } from "../formats/npz.ts";
import type { Checkpoint, TrainingState } from "./training-state.ts";

const VERSION = 1;
const META = "meta.json";
const PARTS = ["weights", "first", "second"] as const;

/**
 * A checkpoint as one `.npz` file: weights and Adam's moments as flat float32 arrays (`weights.0`, `first.0`, `second.0`,
 * ...), everything else in `meta.json`. Read back, a training goes on bit for bit.
 */
export function encodeCheckpoint({ state, replica, backend }: Checkpoint): Uint8Array {
  const { step, first, second } = replica.adam;
  const arrays: Record<string, NpyData> = {};
  const parts = { weights: replica.weights, first, second };
  for (const part of PARTS) for (const [i, values] of parts[part].entries()) arrays[`${part}.${i}`] = values;
  const { tally } = state;
  const plain = { ...state, tally: { ...tally, spikes: [...tally.spikes], synOps: [...tally.synOps] } };
  const meta = { version: VERSION, layers: replica.weights.length, adamStep: step, backend, state: plain };
  return writeNpz(arrays, { [META]: `${JSON.stringify(meta)}\n` });
}

interface Meta {
  readonly version: number;
  readonly layers: number;
  readonly adamStep: number;
  readonly backend: Checkpoint["backend"];
  readonly state: Omit<TrainingState, "tally"> & {
    readonly tally: Omit<TrainingState["tally"], "spikes" | "synOps"> & {
      readonly spikes: readonly number[];
      readonly synOps: readonly number[];
    };
  };
}

/**
 * @param name how messages call the file
 * @throws ChipError E_DAMAGED when it is not whole, E_VERSION when another version of the program wrote it
 */
export async function decodeCheckpoint(bytes: Uint8Array, name: string): Promise<Checkpoint> {
  const { arrays, files } = await readNpz(bytes, name);
  const text = files.get(META);
  if (text === undefined) throw damaged(name, `it has no ${META}`);
  const meta = JSON.parse(new TextDecoder().decode(text)) as Meta;
  if (meta.version !== VERSION) {
    throw new ChipError(
      "E_VERSION",
      `${name} is a checkpoint of version ${meta.version}, and this program reads ${VERSION}; start again with --force.`,
    );
  }
  const list = (part: string): Float32Array[] =>
    Array.from({ length: meta.layers }, (_, i) => {
      const array = arrays.get(`${part}.${i}`);
      if (array === undefined || array.structured || !(array.data instanceof Float32Array))
        throw damaged(name, `it has no floats ${part}.${i}`);
      return array.data;
    });
  const { tally } = meta.state;
  return {
    state: {
      ...meta.state,
      tally: { ...tally, spikes: Float64Array.from(tally.spikes), synOps: Float64Array.from(tally.synOps) },
    },
    replica: {
      weights: list("weights"),
      adam: { step: meta.adamStep, first: list("first"), second: list("second") },
    },
    backend: meta.backend,
  };
}

function damaged(name: string, why: string): ChipError {
  return new ChipError("E_DAMAGED", `${name} is no whole checkpoint: ${why}; start again with --force.`);
}
