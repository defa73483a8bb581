import { describe, expect, it } from "vitest";
import { inspectJson } from "../../../src/cli/commands/inspect-json.ts";

function inspected(name: string, text: string) {
  return inspectJson(`results/${name}`, new TextEncoder().encode(text));
}

const lines = (...documents: readonly object[]): string =>
  documents.map((each) => `${JSON.stringify(each)}\n`).join("");

describe("inspect of what commands write as JSON", () => {
  it("tells a training's history, cut off or not", () => {
    const epoch = (n: number) => ({
      ...{ epoch: n, phase: "int8", target: 8e6, train: { accuracy: 0.5, synOps: 9e6 } },
      test: n === 2 ? null : { accuracy: 0.25, synOps: 8e6 },
    });
    const history = inspected("history.jsonl", `${lines(epoch(1), epoch(2), epoch(3))}{"epoch": 4, "ph`);
    expect(history?.json).toMatchObject({
      ...{ kind: "history", file: "history.jsonl", epochs: 3, phase: "int8" },
      last: { accuracy: 0.25, synOps: 8e6, of: "test" },
    });
    expect(history?.text).toContain("25.00 % at 8.00 MSynOps a sample");
    expect(inspected("h", lines(epoch(2)))?.json).toMatchObject({ last: { accuracy: 0.5, of: "train" } });
  });

  it("tells a training's summary and parts", () => {
    const summary = { name: "tiny", accuracy: 0.9, synOps: 1200, parameters: 912, trainSamples: 80, testSamples: 20 };
    expect(inspected("summary.json", JSON.stringify(summary, null, 2))).toMatchObject({
      json: { kind: "summary", accuracy: 0.9 },
      text: expect.stringContaining("90.00 % of 20 samples"),
    });
    const parts = { classes: ["a", "b"], train: ["1", "2", "3"], test: ["4"] };
    expect(inspected("parts.json", JSON.stringify(parts))?.json).toMatchObject({ kind: "parts", train: 3, test: 1 });
  });

  it("tells samples of evaluate from looks of monitor", () => {
    const result = (prediction: number) => ({ label: 1, prediction, perCore: [{ taps: 30 }, { taps: 10 }] });
    const samples = inspected(
      "samples.jsonl",
      lines({ id: "1", results: [result(1), result(0)] }, { id: "2", results: [] }),
    );
    expect(samples?.json).toMatchObject({
      kind: "samples",
      recordings: 2,
      samples: 2,
      accuracy: 0.5,
      synOpsPerSample: 40,
    });
    expect(samples?.text).toContain("report chip.pb --load results/samples.jsonl");
    const look = { intervalUs: 5e5, counters: { taps: 1 } };
    const looks = inspected("samples.jsonl", lines(look, { ...look, powerW: { RAM: 1e-3 } }));
    expect(looks?.json).toMatchObject({ kind: "measurements", looks: 2, withPower: 1, rails: ["RAM"], seconds: 1 });
    expect(looks?.text).toContain("calibrate results/samples.jsonl");
  });

  it("tells prices and jobs, and nothing of what it does not know", () => {
    const price = { value: 12.5, unit: "pJ", evidence: "measured" };
    const energy = inspected("energy.json", JSON.stringify({ title: "board 7", perTap: price }));
    expect(energy?.json).toMatchObject({ kind: "energy", title: "board 7", prices: { perTap: price } });
    expect(inspected("job.json", JSON.stringify({ recipe: {} }))?.json).toMatchObject({ kind: "job", of: "training" });
    expect(inspected("other.json", "{}")).toBeUndefined();
    expect(inspected("list.json", "[1]")).toBeUndefined();
    expect(inspected("events.csv", "t,x,y,p\n1,2,3,0\n")).toBeUndefined();
  });
});
