import { createHash } from "node:crypto";
import { basename } from "node:path";
import type { ChipConfig } from "../chip/config.ts";
import { checkConfig } from "../chip/validate.ts";
import { loadDevice } from "../device/catalogue.ts";
import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import { readInputFile } from "../formats/input-file.ts";
import type { Network } from "../network/types.ts";

export interface LoadedChip {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly config: ChipConfig;
  readonly device: Device;
}

export interface LoadedNetwork {
  readonly name: string;
  readonly sha256: string;
  readonly network: Network;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * A chip.pb with its device, both checked against each other: every rule of the chip holds when this returns.
 *
 * @param devicePath the user's own device file, when the chip was mapped for one
 */
export async function loadChip(path: string, devicePath?: string): Promise<LoadedChip> {
  const bytes = await readInputFile(path);
  const { decodeChip, parseChip } = await import("../wire/chip-codec.ts");
  const parsed = parseChip(bytes, basename(path));
  const device = await loadDevice(devicePath ?? parsed.device.name);
  // Rules of any chip and rules of this device together, so that an edited file is refused once and for all.
  checkConfig(parsed, device);
  const config = decodeChip(bytes, basename(path));
  return { bytes, sha256: sha256Of(bytes), config, device };
}

/** Either of the two things that can be run: a chip.pb, checked, or a network, priced as on `deviceName` or `virtual`. */
export async function loadModel(
  path: string,
  deviceName: string | undefined,
): Promise<{ readonly bytes: Uint8Array; readonly sha256: string; readonly device: Device }> {
  const bytes = await readInputFile(path);
  const { isChipFile } = await import("../wire/chip-codec.ts");
  if (isChipFile(bytes)) return loadChip(path, deviceName);
  if (!isHdf5(bytes)) throw new ChipError("E_FORMAT", `${basename(path)} is neither a chip.pb nor a NIR network.`);
  return { bytes, sha256: sha256Of(bytes), device: await loadDevice(deviceName ?? "virtual") };
}

/** A network file of any format that is read. */
export async function loadNetwork(path: string): Promise<LoadedNetwork> {
  const { readModelFile } = await import("../formats/model-file.ts");
  const { network, bytes } = await readModelFile(path);
  return { name: basename(path), sha256: sha256Of(bytes), network };
}

const HDF5_MAGIC = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

export function isHdf5(bytes: Uint8Array): boolean {
  return HDF5_MAGIC.every((value, i) => bytes[i] === value);
}
