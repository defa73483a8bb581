import { describe, expect, it } from "vitest";
import { validateConfig } from "../../src/chip/validate.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import type { Device } from "../../src/device/types.ts";
import { ChipError } from "../../src/errors.ts";
import { fitMatrix } from "../../src/mapper/fit.ts";
import { mapNetwork } from "../../src/mapper/map-network.ts";
import type { NoPlacement } from "../../src/mapper/no-placement.ts";
import { OBJECTIVES } from "../../src/mapper/place.ts";
import { quantize } from "../../src/quantize/quantize.ts";
import { Random } from "../../src/random.ts";
import { randomNetwork } from "../support/random-network.ts";
import { withCores } from "../support/small-device.ts";
import { forCases, soaking } from "../support/soak.ts";

const speck = await loadDevice("speck2f");

/** A device whose few cores are about as large as a random layer. */
function randomDevice(random: Random): Device {
  const words = (): number => 2 ** random.integer(4, 9);
  const cores = Array.from({ length: random.integer(2, 7) }, () => ({
    kernel: words(),
    neuron: words(),
    leak: random.below(4) === 0 ? 0 : 8,
    units: random.below(3) === 0 ? 4 : 1,
  }));
  return { ...speck, spec: withCores(speck.spec, cores) };
}

/** True when some choice of different cores suits every layer from `row` on. */
function placeable(allowed: readonly (readonly number[])[], row = 0, used: readonly number[] = []): boolean {
  if (row === allowed.length) return true;
  return allowed[row].some((core) => !used.includes(core) && placeable(allowed, row + 1, [...used, core]));
}

describe("mapNetwork", () => {
  it("maps exactly the networks that brute force can place; else its conflict and misfits are true", () => {
    let mapped = 0;
    let refused = 0;
    forCases(
      "mapper equals brute force",
      (seed) => {
        const random = new Random(seed, 8);
        const device = randomDevice(random);
        const network = randomNetwork(seed, { layers: 6 });
        const fits = fitMatrix(quantize(network), device.spec);
        const allowed = fits.layers.map(({ cores }) => cores.flatMap(({ core, fits: ok }) => (ok ? [core] : [])));
        const possible = fits.input.length === 0 && placeable(allowed);
        let refusal: NoPlacement | undefined;
        try {
          const { config, layers } = mapNetwork(network, device, {
            objective: OBJECTIVES[seed % OBJECTIVES.length],
            split: "never",
          });
          expect(validateConfig(config, device)).toEqual([]);
          layers.forEach(({ core }, row) => {
            expect(allowed[row]).toContain(core);
          });
          mapped++;
        } catch (error) {
          if (!(error instanceof ChipError) || error.code !== "E_NO_PLACEMENT") throw error;
          refusal = error.details as unknown as NoPlacement;
          refused++;
        }
        expect(refusal === undefined).toBe(possible);
        if (!refusal) return;
        const { misfits, conflict } = refusal;
        const rows = conflict.layers.map((name) => fits.layers.findIndex(({ layer }) => layer.name === name));
        const wanted = new Set(rows.flatMap((row) => allowed[row]));
        expect([...wanted].sort()).toEqual([...conflict.cores].sort());
        if (rows.length > 0) expect(conflict.cores.length).toBeLessThan(rows.length);
        for (const [row, columns] of allowed.entries()) {
          // Whoever fits nowhere is told why, for every core.
          if (columns.length > 0) continue;
          const own = misfits.filter(({ layer }) => layer === fits.layers[row].layer.name);
          expect(new Set(own.flatMap(({ cores }) => cores)).size).toBe(device.spec.cores.length);
        }
      },
      { share: 400, full: 5000 },
    );
    // A resumed soak run may have no case left.
    if (!soaking) expect(Math.min(mapped, refused)).toBeGreaterThan(50);
  });
});
