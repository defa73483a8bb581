import { describe, expect, it } from "vitest";
import { validateConfig } from "../../src/chip/validate.ts";
import { loadDevice } from "../../src/device/catalogue.ts";
import type { Device } from "../../src/device/types.ts";
import { ChipError } from "../../src/errors.ts";
import { SPLIT_CHOICES, type SplitChoice } from "../../src/mapper/arrange.ts";
import { mapQuantized } from "../../src/mapper/map-network.ts";
import type { NoPlacement } from "../../src/mapper/no-placement.ts";
import { applyRemedy } from "../../src/mapper/remedy.ts";
import { quantize } from "../../src/quantize/quantize.ts";
import type { QuantNetwork } from "../../src/quantize/types.ts";
import { Random } from "../../src/random.ts";
import { randomNetwork } from "../support/random-network.ts";
import { withCores, withLimits } from "../support/small-device.ts";
import { forCases, soaking } from "../support/soak.ts";

const speck = await loadDevice("speck2f");

/** A device that is a bit too small for a random network: in memory, in number of cores, in one of its limits. */
function meanDevice(random: Random): Device {
  const words = (): number => 2 ** random.integer(4, 10);
  const cores = Array.from({ length: random.integer(5, 9) }, () => ({
    kernel: words(),
    neuron: words(),
    leak: random.below(3) === 0 ? 0 : 8,
  }));
  const pick = <T>(usual: T, mean: T): T => (random.below(8) === 0 ? mean : usual);
  const limits = {
    inputSize: pick(128, 6),
    outputSize: pick(64, 4),
    features: pick(1024, 3),
    kernelSize: pick(16, 2),
    strides: pick([1, 2, 4, 8], [1]),
    padding: pick(7, 0),
    pools: pick([1, 2, 4], [1]),
  };
  return { ...speck, spec: withCores(withLimits(speck.spec, limits), cores) };
}

function refusalOf(network: QuantNetwork, device: Device, split: SplitChoice): NoPlacement | undefined {
  try {
    mapQuantized(network, device, { split });
    return undefined;
  } catch (error) {
    if (!(error instanceof ChipError) || error.code !== "E_NO_PLACEMENT") throw error;
    expect(error.message).not.toContain("\n");
    return error.details as unknown as NoPlacement;
  }
}

describe("the fixes of a refusal", () => {
  it("let the network map when they are made, or none is claimed", () => {
    let fixes = 0;
    let hopeless = 0;
    forCases(
      "printed fixes work",
      (seed) => {
        const random = new Random(seed, 21);
        const split = SPLIT_CHOICES[seed % 2];
        // The next infeasible network and device from this seed on.
        for (let n = 0; ; n++) {
          const device = meanDevice(random);
          const network = quantize(randomNetwork(random.uint32() >>> 1, { layers: 5, branches: n % 3 === 0 }));
          const refusal = refusalOf(network, device, split);
          if (!refusal) continue;
          const { misfits, remedies } = refusal;
          if (remedies.length === 0) {
            hopeless++;
            for (const { fix, apply } of misfits) {
              expect(fix).toContain("no change of single layers was found");
              expect(apply).toEqual([]);
            }
          }
          for (const remedy of [...remedies, ...misfits.map(({ apply }) => apply).filter(({ length }) => length > 0)]) {
            const changed = applyRemedy(network, remedy, device.spec);
            expect(changed).toBeDefined();
            const { config } = mapQuantized(changed!, device, { split });
            expect(validateConfig(config, device)).toEqual([]);
            fixes++;
          }
          return;
        }
      },
      { share: 60, full: 200 },
    );
    // A resumed soak run may have no case left.
    if (!soaking) expect([fixes > 60, hopeless < 30]).toEqual([true, true]);
  });
});
