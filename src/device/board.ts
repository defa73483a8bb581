import type { CoreSpec, DeviceSpec } from "./types.ts";

/**
 * A board's cores written out, chip by chip: core c of chip k has id k * cores of a chip + c, so that a configuration
 * names any core of the board by one number. A device without `board` stays as it is.
 *
 * @param spec as in a device file
 */
export function expandBoard(spec: DeviceSpec): DeviceSpec {
  if (!spec.board) return spec;
  const perChip = spec.cores.length;
  const cores = Array.from({ length: spec.board.chips }, (_, chip) =>
    spec.cores.map((core): CoreSpec => ({ ...core, id: chip * perChip + core.id, chip })),
  );
  return { ...spec, cores: cores.flat() };
}

/** Chip that carries a core; 0 on a device of one chip, and for cores that the device does not have. */
export function chipOf(spec: DeviceSpec, core: number): number {
  return spec.cores.find(({ id }) => id === core)?.chip ?? 0;
}
