import { describe, expect, test } from "vitest";
import { FaultyBytes, faultyLink, NO_FAULTS, parseFaults } from "../../../emulator/faults.ts";
import { createPipe } from "../../../src/link/pipe.ts";
import { Random } from "../../../src/random.ts";

describe("parseFaults", () => {
  test("reads every fault", () => {
    expect(parseFaults("drop=0.01,corrupt=0.001, burst=20,delay=5ms,stall=0.2s,disconnect@12345")).toEqual({
      drop: 0.01,
      corrupt: 0.001,
      burst: 20,
      delayUs: 5000,
      stallUs: 200_000,
      disconnectAt: 12_345,
    });
    expect(parseFaults("")).toEqual(NO_FAULTS);
  });

  test.each([
    ["drop=2", /"drop=2" needs a fraction/],
    ["drop", /"drop" is none that I know/],
    ["burst=0", /"burst=0" needs a mean length/],
    ["stall=200", /"stall=200" needs a time such as 200ms/],
    ["disconnect@x", /"disconnect@x" needs a number of bytes/],
    ["drop=0.6,corrupt=0.5", /lose or change every byte/],
  ])("refuses %s", (text, message) => {
    expect(() => parseFaults(text)).toThrow(message);
  });
});

describe("a direction with faults", () => {
  const spoil = (text: string, seed: number, length = 400_000): { lost: number; changed: number } => {
    const faults = new FaultyBytes(parseFaults(text), new Random(seed));
    let kept = 0;
    let changed = 0;
    for (let at = 0; at < length; at += 1000) {
      const { bytes } = faults.pass(new Uint8Array(1000).fill(7));
      kept += bytes.length;
      changed += bytes.filter((byte) => byte !== 7).length;
    }
    return { lost: (length - kept) / length, changed: changed / length };
  };

  test.each(["drop=0.01,corrupt=0.001", "drop=0.01,corrupt=0.001,burst=25"])("%s loses and changes so much", (text) => {
    const { lost, changed } = spoil(text, 1, 4_000_000);
    expect(lost).toBeGreaterThan(0.009);
    expect(lost).toBeLessThan(0.011);
    expect(changed).toBeGreaterThan(0.0007);
    expect(changed).toBeLessThan(0.0013);
  });

  test("the same seed gives the same faults", () => {
    expect(spoil("drop=0.01,corrupt=0.01,burst=5", 3)).toEqual(spoil("drop=0.01,corrupt=0.01,burst=5", 3));
    expect(spoil("drop=0.01,corrupt=0.01,burst=5", 3)).not.toEqual(spoil("drop=0.01,corrupt=0.01,burst=5", 4));
  });

  test("without faults bytes pass as they are", () => {
    expect(spoil("", 1)).toEqual({ lost: 0, changed: 0 });
  });
});

test("a line breaks at the byte that was asked for, in both directions together", async () => {
  const [near, far] = createPipe();
  const link = faultyLink(near, parseFaults("disconnect@10"), 1);
  await link.write(new Uint8Array(6).fill(1));
  await expect(link.write(new Uint8Array(6).fill(2))).rejects.toMatchObject({ code: "E_LINK" });
  const arrived: number[] = [];
  for await (const bytes of far.incoming) arrived.push(...bytes);
  expect(arrived).toEqual([1, 1, 1, 1, 1, 1, 2, 2, 2, 2]);
});
