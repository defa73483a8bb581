import { ChipError, messageOf } from "../errors.ts";
import type { Network } from "../network/types.ts";
import { type Hdf5Group, readHdf5 } from "./hdf5.ts";
import { readKerasConfig } from "./keras-config.ts";
import { importKeras } from "./keras-import.ts";
import type { KerasWeights } from "./keras-weights.ts";
import type { Tensor } from "./network-builder.ts";

/** Groups inside groups of one layer that are looked into. */
const DEEPEST = 8;

/**
 * Reads a whole Keras model saved as HDF5 (`model.save("model.h5")`): its configuration is an attribute of the file, its
 * weights lie below `/model_weights`, one group a layer.
 *
 * @param name how messages call the file
 * @throws ChipError E_FORMAT when it is not one (weights alone say nothing about the layers), E_DAMAGED when it cannot be
 *   read, otherwise as `importKeras`
 */
export async function readKerasH5(bytes: Uint8Array, name: string): Promise<Network> {
  return readHdf5(bytes, name, (root) => {
    const config = root.attribute("model_config");
    if (config === undefined) {
      throw new ChipError(
        "E_FORMAT",
        `${name} is an HDF5 file without a Keras model configuration; save the whole model (model.save), not its weights alone.`,
      );
    }
    const model = readKerasConfig(parse(config, name), name);
    const group = root.group("model_weights");
    if (group === undefined)
      throw new ChipError("E_FORMAT", `${name} has no group "/model_weights"; save the whole model.`);
    return importKeras(model, weightsOf(group), name);
  });
}

/** True when an open HDF5 file is a Keras model rather than NIR or events. */
export function isKerasModel(root: Hdf5Group): boolean {
  return root.attribute("model_config") !== undefined;
}

function parse(config: string, name: string): unknown {
  try {
    return JSON.parse(config);
  } catch (error) {
    throw new ChipError("E_DAMAGED", `${name}: its model configuration is not JSON: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

function weightsOf(group: Hdf5Group): KerasWeights {
  const layers = new Map<string, ReadonlyMap<string, Tensor>>();
  for (const layer of group.keys()) {
    const members = new Map<string, Tensor>();
    const own = group.group(layer);
    if (own !== undefined) gather(own, members, 0);
    layers.set(layer, members);
  }
  return layers;
}

/** Data sets at any depth (`conv/kernel:0`), by the last part of their names. */
function gather(group: Hdf5Group, into: Map<string, Tensor>, depth: number): void {
  for (const key of group.keys()) {
    const inner = depth < DEEPEST ? group.group(key) : undefined;
    if (inner !== undefined) {
      gather(inner, into, depth + 1);
      continue;
    }
    const numbers = group.numbers(key);
    if (numbers !== undefined)
      into.set(key.replace(/:\d+$/, ""), { shape: numbers.shape, values: Float32Array.from(numbers.values) });
  }
}
