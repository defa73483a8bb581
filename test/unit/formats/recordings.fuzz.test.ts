import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createEventStream, type EventStream } from "../../../src/events/event-stream.ts";
import { readEventFile, writeEvents } from "../../../src/formats/event-files.ts";
import { readNpy, writeNpy, writeNpyRecords } from "../../../src/formats/npy.ts";
import { readNpz, writeNpz } from "../../../src/formats/npz.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { fuzz } from "../../support/mutate.ts";

const COUNTS = { share: 400, full: 20_000 };

function ramp(count: number): EventStream {
  const events = createEventStream(count, [34, 34]);
  for (let i = 0; i < count; i++) {
    events.t[i] = 100 * i;
    events.x[i] = i % 34;
    events.y[i] = (3 * i) % 34;
    events.p[i] = i & 1;
  }
  return events;
}

describe("mutated files give one clear line and no hang", () => {
  it("N-MNIST", async () => {
    const seeds = [await writeEvents(ramp(60), "nmnist"), await writeEvents(ramp(600), "nmnist")];
    if (dataRoot) seeds.push(Uint8Array.from(readFileSync(dataPath("event_formats", "tonic_sample_nmnist.bin"))));
    const { slowestMs, codes } = await fuzz(seeds, (bytes) => readEventFile(bytes, { format: "nmnist" }), COUNTS);
    expect(codes.size).toBeGreaterThan(1);
    expect(slowestMs).toBeLessThan(1000);
  });

  it("npy and npz recordings", async () => {
    const columns = { t: { data: ramp(50).t, type: "i8" }, x: ramp(50).x, y: ramp(50).y, p: ramp(50).p } as const;
    const seeds = [
      await writeEvents(ramp(50), "npy"),
      await writeEvents(ramp(50), "npz"),
      writeNpz(columns, { "meta.json": '{"sensor":[34,34]}' }, { compress: true }),
    ];
    const { slowestMs, codes } = await fuzz(seeds, (bytes) => readEventFile(bytes), COUNTS);
    expect(codes.size).toBeGreaterThan(2);
    expect(slowestMs).toBeLessThan(1000);
  });

  it("npy and npz arrays", async () => {
    const npy = [
      writeNpy(new Float32Array(40), { shape: [4, 10] }),
      writeNpyRecords({ a: { data: Int16Array.of(1, 2) }, b: { data: Float64Array.of(3, 4), type: "i8" } }),
    ];
    const npz = [writeNpz({ a: new Float32Array(40), b: Uint8Array.of(1) }, { "meta.json": "{}" })];
    const arrays = await fuzz(npy, (bytes) => Promise.resolve().then(() => readNpy(bytes, "a.npy")), COUNTS);
    const archives = await fuzz(npz, (bytes) => readNpz(bytes, "a.npz"), COUNTS);
    expect(Math.max(arrays.slowestMs, archives.slowestMs)).toBeLessThan(1000);
  });
});
