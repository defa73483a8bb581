import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { readNir, writeNir } from "../../../src/formats/nir.ts";
import { chain, conv, linear, pool, spike } from "../../support/build-network.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { fuzz } from "../../support/mutate.ts";
import { smallNir } from "../../support/nir-file.ts";

const COUNTS = { share: 300, full: 20_000 };

it("answers mutated NIR files with one clear line and never hangs", async () => {
  const seeds = [
    await smallNir(),
    await writeNir(
      chain(
        [2, 12, 12],
        [
          ["c", conv(2, 4, 3, { padding: 1 })],
          ["s", spike()],
          ["p", pool("avgPool", 2)],
          ["f", { op: "flatten" }],
          ["l", linear(144, 5)],
          ["o", spike(0.1, { thresholdLow: -1 })],
        ],
      ),
    ),
  ];
  const { codes, read, slowestMs } = await fuzz(seeds, (bytes) => readNir(bytes, "mutated.nir"), COUNTS);
  expect(codes.get("E_DAMAGED")).toBeGreaterThan(0);
  expect(read).toBeGreaterThan(0);
  expect(slowestMs).toBeLessThan(2000);
});

it.skipIf(!dataRoot)("answers mutated real NIR files likewise", async () => {
  const seeds = ["lif_norse.nir", "braille_noDelay_bias_zero.nir", "cnn_sinabs_nmnist.nir"].map((name) =>
    Uint8Array.from(readFileSync(dataPath("models", "nir", name))),
  );
  const { slowestMs } = await fuzz(seeds, (bytes) => readNir(bytes, "mutated.nir"), { share: 150, full: 20_000 });
  expect(slowestMs).toBeLessThan(2000);
});
