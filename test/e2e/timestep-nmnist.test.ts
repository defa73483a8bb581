import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { totalOf } from "../../emulator/counters.ts";
import { synOpFigures } from "../../emulator/synops.ts";
import { compileTimestep } from "../../emulator/timestep/program.ts";
import { runTimestep } from "../../emulator/timestep/run.ts";
import { countOutputs, predict } from "../../src/evaluate/prediction.ts";
import { readInputEvents } from "../../src/evaluate/samples.ts";
import { type NetworkOptions, timestepFromNetwork } from "../../src/evaluate/timestep-network.ts";
import { dataPath, dataRoot } from "../support/data.ts";
import { nmnistNetwork } from "../support/nmnist-network.ts";
import { soaking } from "../support/soak.ts";
import { ENGINES } from "../support/timestep.ts";

interface Label {
  readonly id: string;
  readonly label: number;
  readonly split: string;
}

function labels(): Label[] {
  const [, ...rows] = readFileSync(dataPath("nmnist_1100", "dev", "labels.csv"), "utf8")
    .trim()
    .split("\n");
  return rows.map((row) => {
    const [id, label, split] = row.split(",");
    return { id, label: Number(label), split };
  });
}

/** Right answers among the recordings, in steps of a millisecond. */
async function rightAnswers(recordings: readonly Label[], options: NetworkOptions): Promise<number> {
  const { network, outputs } = timestepFromNetwork(nmnistNetwork(), options);
  const program = compileTimestep(network);
  const engine = ENGINES[1].create(program);
  let right = 0;
  for (const { id, label } of recordings) {
    const { events } = await readInputEvents(dataPath("nmnist_1100", "dev", `${id}.bs2`), [2, 34, 34], {});
    engine.reset();
    const result = await runTimestep(engine, events, { dtUs: 1000 });
    const counts = countOutputs(result.events!, {
      outputs: outputs.map((core) => ({ core, featureShift: 0 })),
      features: 10,
    });
    if (predict(counts).prediction === label) right++;
  }
  return right;
}

describe.skipIf(!dataRoot)("the NIR paper's N-MNIST network in steps of 1 ms", () => {
  const inDev = (split: string) =>
    labels().filter((entry) => entry.split === split && (split !== "test" || has(entry)));
  const has = ({ id }: Label): boolean => [60002, 60003, 60004, 60005, 60009, 60012, 60019].includes(Number(id));

  it("names all seven test recordings, without a lower bound as in the file", async () => {
    expect(await rightAnswers(inDev("test"), {})).toBe(7);
  });

  it("names the training recordings as often as published (98.5 %)", async () => {
    const train = inDev("train").filter(({ id }) => Number(id) <= (soaking ? 850 : 100));
    const right = await rightAnswers(train, { missingThresholdLow: "minusThreshold" });
    expect(right / train.length).toBeGreaterThan(0.98);
  });

  it("gives the same floats in both engines on a real recording, and taps near the paper's estimate", async () => {
    const program = compileTimestep(timestepFromNetwork(nmnistNetwork()).network);
    const { events } = await readInputEvents(dataPath("nmnist_1100", "dev", "60003.bs2"), [2, 34, 34], {});
    const [reference, simd] = await Promise.all(
      ENGINES.map(async ({ create }) => {
        const engine = create(program);
        const { perCore, events: output, inputEvents } = await runTimestep(engine, events, { dtUs: 1000 });
        // The extremes depend on which neurons are visited.
        const counters = perCore.map(({ vMax, vMin, ...rest }) => rest);
        return { counters, output, inputEvents, v: program.cores.map((_, i) => Array.from(engine.readMembranes(i))) };
      }),
    );
    expect(simd).toEqual(reference);
    const { taps, fanOutEstimate, neuroBenchEffective } = synOpFigures(program, simd.counters, simd.inputEvents);
    expect(taps).toBe(totalOf(simd.counters, "taps"));
    expect(taps / fanOutEstimate).toBeGreaterThan(0.95);
    expect(taps).toBeLessThan(fanOutEstimate);
    expect(neuroBenchEffective).toBeLessThan(taps);
  });
});
