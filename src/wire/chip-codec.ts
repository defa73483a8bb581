import type { ChipConfig } from "../chip/config.ts";
import { structureViolations } from "../chip/validate.ts";
import { structureFaults } from "../chip/validate-structure.ts";
import { ChipError, messageOf, oneLine } from "../errors.ts";
import { VERSION } from "../version.ts";
import { fromMessage, toMessage } from "./chip-message.ts";
import { crc32 } from "./crc.ts";
import { spikewright } from "./generated/chip.js";

const { ChipFile, ChipConfig: ChipPayload } = spikewright.chip.v1;

/** Version of `firmware-schemas/chip.proto` that this program reads and writes. */
export const CHIP_SCHEMA_VERSION = 1;

const FORMAT = "spikewright-chip";
/** How every chip.pb starts: tag and length of `format`, then its text. */
const MAGIC = Uint8Array.of(0x0a, FORMAT.length, ...new TextEncoder().encode(FORMAT));
/** Tag of `crc32`, which ends every chip.pb together with its four bytes. */
const CRC_TAG = 0x7d;
const CRC_FIELD_BYTES = 5;
const FAULTS_IN_MESSAGE = 10;

/**
 * The bytes of a chip.pb (layout: `firmware-schemas/README.md`). Equal configurations give equal bytes.
 *
 * @throws ChipError E_CONFIG with every fault (`structureFaults`), so that nothing is written that could not be read.
 */
export function encodeChip(config: ChipConfig): Uint8Array {
  const faults = structureFaults(config);
  if (faults.length > 0) throw faulty("The chip configuration cannot be written", faults, config);
  return encodeSound(config);
}

/**
 * The configuration in the bytes of a chip.pb. The result shares no memory with `bytes`, and `encodeChip` of it gives
 * exactly `bytes` again. No more memory is taken than the file's own size calls for, whatever lengths it claims.
 *
 * @param name the file's name, for messages
 * @throws ChipError E_FORMAT (no chip.pb, fields of an unknown kind, another encoding), E_DAMAGED (truncated),
 *   E_CHECKSUM (bytes changed), E_VERSION (another schema), E_CONFIG (every structural fault at once)
 */
export function decodeChip(bytes: Uint8Array, name: string): ChipConfig {
  const config = parseChip(bytes, name);
  const faults = structureFaults(config);
  if (faults.length > 0) throw faulty(`${name} holds no sound chip configuration`, faults, config);
  checkCanonical(bytes, encodeSound(config), name);
  return config;
}

/**
 * The configuration in an undamaged chip.pb, whatever it says: for a caller that judges it together with the device, so
 * that everything that is wrong is told at once. Anybody else wants `decodeChip`.
 *
 * @throws ChipError E_FORMAT, E_DAMAGED, E_CHECKSUM, E_VERSION
 */
export function parseChip(bytes: Uint8Array, name: string): ChipConfig {
  checkMagic(bytes, name);
  checkCrc(bytes, name);
  const file = parse(name, () => ChipFile.decode(bytes));
  // First of all that the envelope says: another version may mean other things by the rest.
  if (file.schemaVersion !== CHIP_SCHEMA_VERSION) {
    throw new ChipError(
      "E_VERSION",
      `${name} has chip.pb schema version ${file.schemaVersion}; spikewright ${VERSION} reads version ${CHIP_SCHEMA_VERSION}. ` +
        "Map the network again with this program, or use the program that wrote the file.",
      { details: { version: file.schemaVersion, supported: [CHIP_SCHEMA_VERSION] } },
    );
  }
  const payload = parse(name, () => ChipPayload.decode(file.payload));
  return fromMessage(payload, { name: file.deviceName, hash: file.deviceHash });
}

function encodeSound(config: ChipConfig): Uint8Array {
  const body = ChipFile.encode({
    format: FORMAT,
    schemaVersion: CHIP_SCHEMA_VERSION,
    deviceName: config.device.name,
    deviceHash: config.device.hash,
    payload: ChipPayload.encode(toMessage(config)).finish(),
  }).finish();
  const bytes = new Uint8Array(body.length + CRC_FIELD_BYTES);
  bytes.set(body);
  bytes[body.length] = CRC_TAG;
  new DataView(bytes.buffer).setUint32(body.length + 1, crc32(body), true);
  return bytes;
}

/** True when a file begins like a chip.pb of any version. */
export function isChipFile(bytes: Uint8Array): boolean {
  return bytes.length >= MAGIC.length && MAGIC.every((value, i) => bytes[i] === value);
}

function checkMagic(bytes: Uint8Array, name: string): void {
  const length = Math.min(bytes.length, MAGIC.length);
  for (let i = 0; i < length; i++) {
    if (bytes[i] !== MAGIC[i]) {
      throw new ChipError(
        "E_FORMAT",
        `${name} is no chip.pb: it does not start with "${FORMAT}". Make one with \`spikewright map\`.`,
      );
    }
  }
}

/** Looks at the last five bytes only, so that it works for every schema version. */
function checkCrc(bytes: Uint8Array, name: string): void {
  const end = bytes.length - CRC_FIELD_BYTES;
  if (end < MAGIC.length) throw truncated(bytes, name);
  const stored = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(end + 1, true);
  const computed = crc32(bytes.subarray(0, end));
  if (bytes[end] === CRC_TAG && stored === computed) return;
  if (!isWhole(bytes)) throw truncated(bytes, name);
  throw new ChipError(
    "E_CHECKSUM",
    `${name} is damaged: its CRC-32 is ${hex(computed)}, the file says ${hex(stored)}. Copy it again or make it again with \`spikewright map\`.`,
    { details: { computed: hex(computed), stored: hex(stored) } },
  );
}

/** Whether all fields of the envelope end where the file ends: no for a file that was cut off. */
function isWhole(bytes: Uint8Array): boolean {
  try {
    return Object.hasOwn(ChipFile.decode(bytes), "crc32");
  } catch {
    return false;
  }
}

function truncated(bytes: Uint8Array, name: string): ChipError {
  return new ChipError(
    "E_DAMAGED",
    `${name} is damaged: it breaks off after ${bytes.length} bytes. Copy it again or make it again with \`spikewright map\`.`,
    { details: { bytes: bytes.length } },
  );
}

/** Runs a protobuf decoder, whose exceptions are no use to a user. */
function parse<T>(name: string, decode: () => T): T {
  try {
    return decode();
  } catch (cause) {
    throw new ChipError(
      "E_DAMAGED",
      `${name} has a sound CRC-32 but is no valid protobuf (${messageOf(cause)}); the program that wrote it is at fault.`,
      { cause },
    );
  }
}

function checkCanonical(bytes: Uint8Array, canonical: Uint8Array, name: string): void {
  const length = Math.max(bytes.length, canonical.length);
  for (let i = 0; i < length; i++) {
    if (bytes[i] !== canonical[i]) {
      throw new ChipError(
        "E_FORMAT",
        `${name} has, from byte ${i} on, a field that schema version ${CHIP_SCHEMA_VERSION} does not know or an encoding that is not canonical; ` +
          "the program that wrote it should follow firmware-schemas/chip.proto.",
        { details: { byte: i } },
      );
    }
  }
}

function faulty(subject: string, faults: readonly string[], config: ChipConfig): ChipError {
  const shown = faults.slice(0, FAULTS_IN_MESSAGE);
  if (faults.length > shown.length) shown.push(`and ${faults.length - shown.length} more`);
  return new ChipError("E_CONFIG", `${subject}: ${oneLine(shown)}.`, {
    details: { faults, violations: structureViolations(config) },
  });
}

function hex(value: number): string {
  return value.toString(16).padStart(8, "0");
}
