import type { DeviceSpec } from "./types.ts";

/** A core's number is a byte. */
const MAX_CORES = 256;

/**
 * What a well-formed device spec may still get wrong: core ids, references to sources, presets and rails, and orders.
 * Returns every problem, each beginning with the path of the field; an empty list for a sound spec.
 */
export function deviceProblems(spec: DeviceSpec): string[] {
  const problems: string[] = [];

  spec.cores.forEach((core, index) => {
    if (core.id !== index)
      problems.push(`cores[${index}].id is ${core.id}; ids run 0, 1, 2... in the order of the list`);
  });

  const cores = spec.cores.length * (spec.board?.chips ?? 1);
  if (cores > MAX_CORES)
    problems.push(`board.chips times cores makes ${cores} cores; core numbers go up to ${MAX_CORES - 1}`);

  for (const [path, key] of sourceKeys(spec)) {
    if (!Object.hasOwn(spec.sources, key)) problems.push(`${path}.source is "${key}", which is not a key of sources`);
  }

  const { energy } = spec;
  const railNames = energy.rails.map((rail) => rail.name);
  railNames.forEach((name, index) => {
    if (railNames.indexOf(name) !== index) problems.push(`energy.rails[${index}].name "${name}" is taken`);
  });
  const requireRails = (path: string, names: readonly string[]) => {
    for (const name of names) {
      if (!railNames.includes(name)) problems.push(`${path} names "${name}", which is not one of energy.rails`);
    }
  };
  requireRails("energy.idleRails", energy.idleRails);
  for (const [name, preset] of Object.entries(energy.presets)) {
    requireRails(`energy.presets.${name}.staticRails`, preset.staticRails);
  }
  if (!Object.hasOwn(energy.presets, energy.defaultPreset)) {
    problems.push(`energy.defaultPreset is "${energy.defaultPreset}", which is not one of energy.presets`);
  }

  if (!spec.limits.strides.value.includes(1)) problems.push("limits.strides.value lacks 1");
  if (!spec.limits.pools.value.includes(1)) problems.push("limits.pools.value lacks 1, which is no pooling");
  if (spec.blocks.slowClockMin.value > spec.blocks.slowClockMax.value) {
    problems.push("blocks.slowClockMin is above blocks.slowClockMax");
  }
  return problems;
}

/** Every `source` in a spec with the path of its owner, in the order of the file. */
export function sourceKeys(spec: DeviceSpec): [path: string, key: string][] {
  const found: [string, string][] = [];
  const visit = (value: unknown, path: string): void => {
    if (value === null || typeof value !== "object") return;
    for (const [key, child] of Object.entries(value)) {
      if (key === "source" && typeof child === "string") found.push([path, child]);
      else visit(child, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
    }
  };
  const { sources: _, ...rest } = spec;
  visit(rest, "");
  return found;
}
