import { ChipError } from "../../src/errors.ts";
import { type FromBoard, MESSAGE_OVERHEAD, type ToBoardMessage } from "../../src/wire/messages.ts";
import type { EmulatedChip } from "../emulated-chip.ts";

/**
 * The states that a host asks for.
 *
 * @throws ChipError E_INPUT for a core without a layer, or neurons that it does not have or that no message can hold
 */
export async function readPiece(
  chip: EmulatedChip,
  { core, offset, count }: NonNullable<ToBoardMessage["readNeurons"]>,
  maxPayload: number,
): Promise<NonNullable<FromBoard["neuronValues"]>> {
  const { shape, values } = await chip.readNeurons(core);
  const most = (maxPayload - MESSAGE_OVERHEAD) >>> 1;
  if (count < 1 || count > most || offset + count > values.length) {
    throw new ChipError(
      "E_INPUT",
      `core ${core} has ${values.length} neurons; ${count} from ${offset} on cannot be read at once.`,
    );
  }
  const bytes = new Uint8Array(2 * count);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) view.setInt16(2 * i, values[offset + i] as number, true);
  const [features, height, width] = shape;
  return { core, offset, values: bytes, features, height, width };
}

/** @throws ChipError E_INPUT for a core without a layer, or neurons that it does not have */
export async function writePiece(
  chip: EmulatedChip,
  { core, offset, values: bytes }: NonNullable<ToBoardMessage["writeNeurons"]>,
): Promise<void> {
  const states = await chip.readNeurons(core);
  const count = bytes.length / 2;
  if (!Number.isInteger(count) || offset + count > states.values.length) {
    throw new ChipError(
      "E_INPUT",
      `core ${core} has ${states.values.length} neurons; ${count} cannot be written from ${offset} on.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let i = 0; i < count; i++) states.values[offset + i] = view.getInt16(2 * i, true);
  await chip.writeNeurons(states);
}
