import type { Counters, RunWarning } from "../src/chip/chip.ts";
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
    add("balancerDropped", core.balancerDropped, `${core.balancerDropped} events dropped by the congestion balancer`);
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
