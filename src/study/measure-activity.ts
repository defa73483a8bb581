import { EmulatedChip } from "../../emulator/emulated-chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import type { Device } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import type { EventStream } from "../events/event-stream.ts";

/**
 * Spikes of every layer per input event, over recordings: what the objective `load` of the mapper weighs layers by.
 *
 * Where layers lie does not change their spikes, so any placement of the network will do.
 *
 * @throws ChipError E_INPUT when no event reaches the network
 * @param recordings input events for this configuration; each starts from a fresh state
 */
export async function measureActivity(
  config: ChipConfig,
  device: Device,
  recordings: Iterable<EventStream> | AsyncIterable<EventStream>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  await using chip = new EmulatedChip(device);
  await chip.configure(config);
  let events = 0;
  const spikes = new Map<string, number>();
  for await (const recording of recordings) {
    await chip.reset();
    const result = await chip.run(recording, { onEvents: () => {}, ...(signal ? { signal } : {}) });
    events += result.input.events - result.input.dropped;
    for (const core of result.perCore) spikes.set(core.layer, (spikes.get(core.layer) ?? 0) + core.spikes);
  }
  if (events === 0) {
    throw new ChipError(
      "E_INPUT",
      "no event of the recordings reaches the network, so there is no activity to measure; give others.",
    );
  }
  for (const [layer, count] of spikes) spikes.set(layer, count / events);
  return spikes;
}
