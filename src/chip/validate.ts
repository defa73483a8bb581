import type { Device, DeviceSpec } from "../device/types.ts";
import { ChipError, oneLine } from "../errors.ts";
import type { ChipConfig, CoreConfig } from "./config.ts";
import { type Breach, inputBreaches, layerBreaches, memoryBreaches } from "./rules.ts";
import { structureFaults } from "./validate-structure.ts";

/** One thing that makes a configuration unfit for a device. */
export interface Violation {
  /** Name of the layer, `input`, or `chip` for what belongs to no layer. */
  readonly layer: string;
  /** Core on the silicon; null when the violation belongs to none. */
  readonly core: number | null;
  /** A `DeviceRule`, or the name of the field that is unsound on any chip. */
  readonly rule: string;
  readonly need: number | string;
  readonly limit: number | string;
  readonly fix: string;
}

/**
 * Every rule of the device that a finished configuration breaks, all at once: what the mapper checks on a network is
 * checked here again, because people edit configurations.
 *
 * Structure comes first (fields outside their words, arrays that do not match their shapes, destinations that do not
 * match their sources: `structureFaults`), then the device: memory words, limits, blocks that it has or lacks, errata.
 *
 * @returns an empty list for a configuration that the device can run
 */
export function validateConfig(config: ChipConfig, device: Device): Violation[] {
  const { spec } = device;
  const violations = structureViolations(config);
  const found = new Set(violations.map(({ layer, rule }) => `${layer} ${rule}`));
  const add = (layer: string, core: number | null, breaches: readonly Breach[]): void => {
    for (const breach of breaches) {
      // A field that is unsound on any chip has been told already.
      if (!found.has(`${layer} ${breach.rule}`)) violations.push({ layer, core, ...breach });
    }
  };
  add("input", null, inputBreaches(config.input, spec));
  const taken = config.cores.map(({ core }) => core);
  for (const core of config.cores) add(core.layer, core.core, coreBreaches(core, spec, taken));
  add("chip", null, chipBreaches(config, spec));
  return violations;
}

/**
 * Refuses a configuration that was made for another device or that the device cannot run.
 *
 * @throws ChipError E_DEVICE_MISMATCH when name or hash of the device differ from those in the configuration
 * @throws ChipError E_CONFIG with all violations (`details.violations`)
 */
export function checkConfig(config: ChipConfig, device: Device): void {
  checkDevice(config, device);
  const violations = validateConfig(config, device);
  if (violations.length > 0) throw configError(violations, device.spec.name);
}

/** @throws ChipError E_DEVICE_MISMATCH when the configuration was made for another device, or another version of its file */
export function checkDevice(config: ChipConfig, device: Device): void {
  const { name, hash } = config.device;
  const details = { config: { name, hash }, device: { name: device.spec.name, hash: device.hash } };
  if (name !== device.spec.name) {
    const message = `The configuration was made for ${name}, not for ${device.spec.name}; use device ${name} or map the network again.`;
    throw new ChipError("E_DEVICE_MISMATCH", message, { details });
  }
  if (hash !== device.hash) {
    const [made, now] = [hash.slice(0, 12), device.hash.slice(0, 12)];
    const message = `The configuration was made with another version of device file ${name} (${made || "none"}, now ${now}); map the network again.`;
    throw new ChipError("E_DEVICE_MISMATCH", message, { details });
  }
}

/** E_CONFIG that lists every violation. */
export function configError(violations: readonly Violation[], deviceName: string): ChipError {
  const sentences = violations.map(({ layer, core, rule, need, limit, fix }) => {
    const where = core === null ? layer : `${layer} (core ${core})`;
    return `${where} breaks ${rule}: ${need}, limit ${limit}: ${fix}`;
  });
  return new ChipError("E_CONFIG", `The configuration cannot run on ${deviceName}: ${oneLine(sentences)}.`, {
    details: { violations },
  });
}

function coreBreaches(core: CoreConfig, spec: DeviceSpec, taken: readonly number[]): Breach[] {
  const own = spec.cores.find(({ id }) => id === core.core);
  const ids = spec.cores.map(({ id }) => id).join(", ");
  const place: Breach[] = own
    ? memoryBreaches(core, own, spec, taken)
    : [{ rule: "core", need: core.core, limit: ids, fix: `use one of the cores ${ids}` }];
  return [...place, ...layerBreaches(core, spec), ...erratumBreaches(core, spec), ...blockBreaches(core, spec)];
}

function erratumBreaches(core: CoreConfig, spec: DeviceSpec): Breach[] {
  if (core.thresholdLow !== 0 || !spec.errata.some(({ id }) => id === "threshold-low-zero")) return [];
  return [{ rule: "thresholdLow", need: 0, limit: "not 0 on this silicon", fix: "use -1" }];
}

/** Blocks around the core that not every chip has (Speck data sheet 3.2.4.2, 3.2.4.3). */
function blockBreaches(core: CoreConfig, spec: DeviceSpec): Breach[] {
  const breaches: Breach[] = [];
  if (core.congestionBalancer && !spec.blocks.congestionBalancer.value) {
    breaches.push({ rule: "congestionBalancer", need: "on", limit: "no such block", fix: "switch it off" });
  }
  const ratios = spec.blocks.decimatorRatios.value;
  if (core.decimator && !ratios.includes(core.decimator.ratio)) {
    const fix = ratios.length > 0 ? `use one of ${ratios.join(", ")}, or remove it` : "remove it";
    breaches.push({ rule: "decimator", need: core.decimator.ratio, limit: ratios.join(", ") || "no such block", fix });
  }
  const leaksInside = core.leak !== undefined && core.leakInternalSlowClock;
  if (leaksInside && spec.blocks.slowClockDividers.value.length === 0) {
    breaches.push({ rule: "slowClock", need: "internal", limit: "external", fix: "leak with the external slow clock" });
  }
  return breaches;
}

function chipBreaches({ slowClock, readout }: ChipConfig, spec: DeviceSpec): Breach[] {
  const breaches: Breach[] = [];
  const dividers = spec.blocks.slowClockDividers.value;
  if (slowClock.source === "internal" && !dividers.includes(slowClock.divider)) {
    const fix = dividers.length > 0 ? `use a divider of ${dividers.join(", ")}` : "use the external slow clock";
    breaches.push({
      rule: "slowClock",
      need: slowClock.divider,
      limit: dividers.join(", ") || "no internal clock",
      fix,
    });
  }
  if (readout && !spec.blocks.readout.value) {
    breaches.push({
      rule: "readout",
      need: "on",
      limit: "no such block",
      fix: "remove it and count spikes on the host",
    });
  } else if (readout && readout.classes > spec.limits.readoutClasses.value) {
    const limit = spec.limits.readoutClasses.value;
    breaches.push({ rule: "readout", need: readout.classes, limit, fix: `use ${limit} classes or fewer` });
  }
  return breaches;
}

/** `structureFaults`, told like rules: what a configuration breaks on any chip. */
export function structureViolations(config: ChipConfig): Violation[] {
  return structureFaults(config).map((fault) => structureViolation(fault, config));
}

/** A fault such as `cores[2].thresholdHigh is 0; it must be an integer in 1..32767`, told like a rule. */
function structureViolation(fault: string, config: ChipConfig): Violation {
  const path = fault.slice(0, fault.indexOf(" "));
  const [need, ...limit] = fault.slice(path.length + 1).split("; ");
  const [, index, field] = /^cores\[(\d+)\]\.?(\w*)/.exec(path) ?? [];
  const core = index === undefined ? undefined : config.cores[Number(index)];
  const [head, inner] = path.split(/[.[]/);
  return {
    layer: core?.layer ?? (head === "input" ? "input" : "chip"),
    core: core?.core ?? null,
    rule: field || (head === "input" ? inner : head),
    need: need.replace(/^(is|has) /, ""),
    limit: limit.join("; ").replace(/^it must be /, "") || "a sound structure",
    fix: `correct ${path}, or map the network again`,
  };
}
