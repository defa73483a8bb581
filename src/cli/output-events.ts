import type { OutputEvents } from "../chip/chip.ts";
import type { ChipConfig } from "../chip/config.ts";
import { ChipError } from "../errors.ts";
import { writeFileAtomic } from "../formats/atomic-file.ts";
import { writeNpz } from "../formats/npz.ts";
import { VERSION } from "../version.ts";

/** Refuses a name that promises another format, before the work is done. */
export function checkOutputName(file: string): void {
  if (/\.\w+$/.test(file) && !/\.npz$/i.test(file)) {
    throw new ChipError("E_OPTION", `-o ${file}: output events are written as NumPy archive; use the ending .npz.`);
  }
}

/** `out.npz`: one array a field, one row an event, and meta.json with the layers. */
export async function writeOutputEvents(
  file: string,
  events: OutputEvents,
  config: ChipConfig,
  force: boolean,
): Promise<void> {
  const meta = {
    tool: `spikewright ${VERSION}`,
    device: config.device,
    network: config.provenance.network,
    layers: config.cores.map((core) => ({ name: core.layer, core: core.core, shape: core.outputShape })),
  };
  const small = config.cores.every((core) => core.outputShape[1] <= 256 && core.outputShape[2] <= 256);
  const address = (values: Uint16Array): Uint8Array | Uint16Array => (small ? Uint8Array.from(values) : values);
  const bytes = writeNpz(
    {
      t: events.t,
      core: events.core,
      feature: events.feature,
      y: address(events.y),
      x: address(events.x),
    },
    { "meta.json": `${JSON.stringify(meta, null, 2)}\n` },
  );
  await writeFileAtomic(file, bytes, { force });
}
