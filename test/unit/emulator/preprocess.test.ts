import { describe, expect, it } from "vitest";
import { EmulatedChip } from "../../../emulator/emulated-chip.ts";
import { InputLayer } from "../../../emulator/preprocess.ts";
import type { InputConfig } from "../../../src/chip/config.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { thrown } from "../../support/thrown.ts";
import { eventsOf, tinyConfig, tinyCore } from "../../support/tiny-chip.ts";

const speck2f = await loadDevice("speck2f");

type Row = readonly [p: number, y: number, x: number];

function layer(change: Partial<InputConfig>): InputLayer {
  return new InputLayer({
    shape: [2, 8, 8],
    onChannel: true,
    offChannel: true,
    merge: false,
    pooling: [1, 1],
    mirrorX: false,
    mirrorY: false,
    mirrorDiagonal: false,
    destinations: [],
    ...change,
  });
}

/** Where each event (p, y, x) comes out, as [feature, y, x]; dropped ones are left out. */
function sent(change: Partial<InputConfig>, rows: readonly Row[]): number[][] {
  const batch = layer(change).prepare(eventsOf(rows.map(([p, y, x], i) => [i, p, y, x] as const)), 0, rows.length);
  return Array.from(batch.address.subarray(0, batch.length), (a) => [a >>> 20, (a >>> 10) & 1023, a & 1023]);
}

describe("input layer [R10]", () => {
  it("selects polarities, and merges what is left to feature 0", () => {
    const rows: Row[] = [
      [0, 1, 1],
      [1, 2, 2],
    ];
    expect(sent({}, rows)).toEqual([
      [0, 1, 1],
      [1, 2, 2],
    ]);
    expect(sent({ onChannel: false }, rows)).toEqual([[0, 1, 1]]);
    expect(sent({ offChannel: false }, rows)).toEqual([[1, 2, 2]]);
    expect(sent({ offChannel: false, merge: true, shape: [1, 8, 8] }, rows)).toEqual([[0, 2, 2]]);
  });

  it("pools each axis by itself", () => {
    expect(sent({ pooling: [4, 2], shape: [2, 2, 4] }, [[1, 7, 7]])).toEqual([[1, 1, 3]]);
  });

  it("cuts with both corners included and moves the origin to (0, 0)", () => {
    const cut = { origin: [2, 3], corner: [4, 6] } as const;
    const change = { cut, shape: [2, 3, 4] } as const;
    expect(
      sent(change, [
        [0, 2, 3],
        [0, 4, 6],
        [0, 1, 3],
        [0, 2, 2],
        [0, 5, 6],
        [0, 4, 7],
      ]),
    ).toEqual([
      [0, 0, 0],
      [0, 2, 3],
    ]);
  });

  it("pools before it cuts", () => {
    const change = { pooling: [2, 2], cut: { origin: [1, 1], corner: [2, 2] }, shape: [2, 2, 2] } as const;
    expect(
      sent(change, [
        [0, 2, 3],
        [0, 5, 5],
        [0, 1, 2],
        [0, 6, 5],
      ]),
    ).toEqual([
      [0, 0, 0],
      [0, 1, 1],
    ]);
  });

  it("mirrors after the cut, x and y each within the cut's size", () => {
    const change = { cut: { origin: [2, 3], corner: [4, 6] }, shape: [2, 3, 4] } as const;
    const corner: Row[] = [[0, 2, 4]];
    expect(sent({ ...change, mirrorX: true }, corner)).toEqual([[0, 0, 2]]);
    expect(sent({ ...change, mirrorY: true }, corner)).toEqual([[0, 2, 1]]);
    expect(sent({ ...change, mirrorX: true, mirrorY: true }, corner)).toEqual([[0, 2, 2]]);
  });

  it("swaps y and x last: the map's shape is that after the swap", () => {
    const change = { cut: { origin: [2, 3], corner: [4, 6] }, shape: [2, 4, 3], mirrorDiagonal: true } as const;
    const corner: Row[] = [[0, 2, 4]];
    expect(sent(change, corner)).toEqual([[0, 1, 0]]);
    expect(sent({ ...change, mirrorX: true }, corner)).toEqual([[0, 2, 0]]);
    expect(sent({ ...change, mirrorY: true }, corner)).toEqual([[0, 1, 2]]);
  });

  it("counts what it keeps out and tells where the others came from", () => {
    const events = eventsOf([
      [0, 1, 0, 0],
      [1, 0, 7, 7],
      [2, 0, 0, 0],
      [3, 0, 1, 1],
    ]);
    const change = { onChannel: false, cut: { origin: [0, 0], corner: [1, 1] }, shape: [2, 2, 2] } as const;
    const batch = layer(change).prepare(events, 0, 4);
    expect(batch).toMatchObject({ length: 2, dropped: 2, filtered: 0 });
    expect([...batch.source.subarray(0, 2)]).toEqual([2, 3]);
  });

  it.each([
    [{}, [0, 8, 0]],
    [{}, [0, 0, 8]],
    [{}, [2, 0, 0]],
    [{ merge: true, shape: [1, 8, 8] }, [5, 0, 0]],
    [{ shape: [1, 8, 8] }, [1, 0, 0]],
    [{ shape: [2, 4, 8], mirrorDiagonal: true }, [0, 0, 4]],
  ] as const)("an event outside the map is an error: %j %j", (change, row) => {
    const error = thrown(() => sent(change, [row as Row]));
    expect(error).toMatchObject({ code: "E_INPUT", details: { event: 0 } });
  });

  it("takes features of a host as they are", () => {
    const change = { shape: [5, 8, 8], onChannel: true } as const;
    expect(sent(change, [[4, 1, 2]])).toEqual([[4, 1, 2]]);
  });

  it("serves two destinations, each with its own pooling, and counts copies that fill no block", async () => {
    const whole = tinyCore({ core: 2, inputShape: [1, 5, 5], outputShape: [1, 5, 5] });
    const pooled = tinyCore({ core: 3, inputShape: [3, 2, 2], outputShape: [1, 2, 2], weights: Int8Array.of(0, 0, 1) });
    const config = tinyConfig([whole, pooled]);
    for (const timing of [false, true]) {
      const chip = new EmulatedChip(speck2f, { timing });
      await chip.configure({
        ...config,
        input: {
          ...config.input,
          destinations: [
            { core: 3, pooling: 2, featureShift: 2 },
            { core: 2, pooling: 1, featureShift: 0 },
          ],
        },
      });
      const result = await chip.run(
        eventsOf([
          [0, 0, 1, 3],
          [100, 0, 4, 1],
          [200, 0, 0, 4],
        ]),
      );
      expect(result.input).toEqual({ events: 3, dropped: 0, poolDropped: 2 });
      const [one, two] = [result.perCore[0], result.perCore[1]];
      expect([one?.eventsIn, two?.eventsIn]).toEqual([3, 1]);
      const { core, y, x } = result.events ?? { core: [], y: [], x: [] };
      const seen = Array.from(core, (number, i) => [number, y[i], x[i]]);
      expect(seen.filter(([number]) => number === 3)).toEqual([[3, 0, 1]]);
      expect(seen.filter(([number]) => number === 2)).toEqual([
        [2, 1, 3],
        [2, 4, 1],
        [2, 0, 4],
      ]);
    }
  });
});
