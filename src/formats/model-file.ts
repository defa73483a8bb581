import { basename } from "node:path";
import { ChipError } from "../errors.ts";
import type { Network } from "../network/types.ts";
import { readInputFile } from "./input-file.ts";

export type ModelFormat = "nir" | "keras" | "tfjs" | "onnx";

export interface ModelFile {
  readonly format: ModelFormat;
  readonly network: Network;
  /** Of the named file; shards beside a `model.json` are not among them. */
  readonly bytes: Uint8Array;
}

const HDF5 = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads a network of any format that is read, recognised by content: NIR, Keras HDF5, tfjs layers model, ONNX.
 *
 * @throws ChipError E_FORMAT when it is none of them, otherwise as the reader of its format
 */
export async function readModelFile(path: string): Promise<ModelFile> {
  const bytes = await readInputFile(path);
  const name = basename(path);
  if (HDF5.every((byte, i) => bytes[i] === byte)) {
    const { isKerasModel, readKerasH5 } = await import("./keras-h5.ts");
    const { readHdf5 } = await import("./hdf5.ts");
    if (await readHdf5(bytes, name, isKerasModel))
      return { format: "keras", network: await readKerasH5(bytes, name), bytes };
    const { readNir } = await import("./nir.ts");
    return { format: "nir", network: await readNir(bytes, name), bytes };
  }
  const { isTfjsModel, readTfjsFile } = await import("./tfjs-model.ts");
  if (isTfjsModel(bytes)) return { format: "tfjs", network: await readTfjsFile(path), bytes };
  const { isOnnx, readOnnx } = await import("./onnx.ts");
  if (isOnnx(bytes)) return { format: "onnx", network: await readOnnx(bytes, name), bytes };
  throw new ChipError(
    "E_FORMAT",
    `${name} is not a network file; NIR (.nir), Keras (.h5), tfjs layers models (model.json) and ONNX (.onnx) are read.`,
  );
}

/** True when these bytes may be a network that `readModelFile` reads. */
export async function isModelFile(bytes: Uint8Array): Promise<boolean> {
  if (HDF5.every((byte, i) => bytes[i] === byte)) return true;
  const { isTfjsModel } = await import("./tfjs-model.ts");
  if (isTfjsModel(bytes)) return true;
  const { isOnnx } = await import("./onnx.ts");
  return isOnnx(bytes);
}
