import type { Counters, RunWarning } from "../src/chip/chip.ts";
import type { ChipConfig } from "../src/chip/config.ts";
import type { DeviceSpec } from "../src/device/types.ts";
import { ChipError } from "../src/errors.ts";

/** Chip effects that change results without being errors: one line for each core and kind that occurred. */
export function warningsOf(counters: readonly Counters[]): RunWarning[] {
  const warnings: RunWarning[] = [];
  for (const core of counters) {
    const where = `${core.layer} (core ${core.core})`;
    const add = (kind: RunWarning["kind"], count: number, message: string): void => {
      if (count > 0) warnings.push({ kind, core: core.core, count, message: `${where}: ${message}` });
    };
    add("saturated", core.saturated, `${core.saturated} updates met the end of the 16-bit membrane word`);
    add(
      "residues",
      core.residues,
      `${core.residues} spikes left the membrane at or above threshold; the rest waits for the next event`,
    );
    // Edges that do not fill a block are lost in every run; that nothing else was sent is worth a word.
    if (core.copies === 0) {
      add("poolDropped", core.poolDropped, `all ${core.poolDropped} copies were dropped, none fills a pooling block`);
    }
    add("balancerDropped", core.balancerDropped, `${core.balancerDropped} events dropped by the congestion balancer`);
  }
  return warnings;
}

/** [R8] Leaks that wait for a clock which never ticks, and a clock outside the range of the device. */
export function slowClockWarnings({ slowClock, cores }: ChipConfig, { name, blocks }: DeviceSpec): RunWarning[] {
  const warnings: RunWarning[] = [];
  for (const { core, layer, leak, leakInternalSlowClock } of cores) {
    const needs = leakInternalSlowClock ? "internal" : "external";
    if (leak === undefined || slowClock.source === needs) continue;
    const is = slowClock.source === "none" ? "is off" : `is ${slowClock.source}`;
    const message = `${layer} (core ${core}): does not leak; it waits for the ${needs} slow clock, and the slow clock ${is}`;
    warnings.push({ kind: "slowClock", core, count: 1, message });
  }
  if (slowClock.source === "external") {
    const hertz = 1e6 / slowClock.periodUs;
    const [low, high] = [blocks.slowClockMin.value, blocks.slowClockMax.value];
    if (hertz < low || hertz > high) {
      const message = `the slow clock ticks at ${hertz.toPrecision(3)} Hz; ${name} is known to run it at ${low} to ${high} Hz`;
      warnings.push({ kind: "slowClock", count: 1, message });
    }
  }
  return warnings;
}

/** `strict`: the same effects as an error, for tests that must not meet them. */
export function throwStrict(warnings: readonly RunWarning[]): void {
  if (warnings.length === 0) return;
  throw new ChipError("E_STRICT", `strict run: ${warnings.map((warning) => warning.message).join("; ")}.`, {
    details: { warnings },
  });
}
