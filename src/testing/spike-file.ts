import type { OutputEvents } from "../chip/chip.ts";
import { ChipError } from "../errors.ts";
import { readNpz } from "../formats/npz.ts";

/**
 * Spikes of an `.npz` as `emulate -o` and `run -o` write it: arrays t, core, feature, y, x of one length.
 *
 * @throws ChipError E_FORMAT when an array is missing; E_DAMAGED
 */
export async function readSpikeFile(bytes: Uint8Array, name: string): Promise<OutputEvents> {
  const { arrays } = await readNpz(bytes, name);
  const column = (field: string): ArrayLike<number> => {
    const array = arrays.get(field);
    if (array && !array.structured && array.shape.length === 1) return array.data;
    throw new ChipError(
      "E_FORMAT",
      `${name} holds no list "${field}"; give a file that emulate -o or run -o wrote (t, core, feature, y, x).`,
    );
  };
  const events = {
    t: Float64Array.from(column("t")),
    core: Uint8Array.from(column("core")),
    feature: Uint16Array.from(column("feature")),
    y: Uint16Array.from(column("y")),
    x: Uint16Array.from(column("x")),
  };
  const length = events.t.length;
  if (Object.values(events).some((values) => values.length !== length)) {
    throw new ChipError("E_FORMAT", `${name} has lists of different lengths; it was not written by spikewright.`);
  }
  return events;
}
