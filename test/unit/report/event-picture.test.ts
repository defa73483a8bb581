import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import {
  countPolarities,
  EVENT_PALETTE,
  encodeGif,
  encodePng,
  fullCount,
  paintCounts,
  pictureScale,
} from "../../../src/report/event-picture.ts";
import { eventPlayerPage } from "../../../src/report/event-player.ts";
import { eventsOf } from "../../support/events.ts";

const events = eventsOf(
  [
    [0, 0, 0, 1],
    [10, 3, 1, 0],
    [20, 3, 1, 0],
    [30, 1, 1, 0],
    [40, 1, 1, 1],
  ],
  [4, 2],
);
const counts = countPolarities(events, 4, 2);

describe("pictures of events", () => {
  it("count polarities where they are", () => {
    expect([...counts.on]).toEqual([1, 0, 0, 0, 0, 1, 0, 0]);
    expect([...counts.off]).toEqual([0, 0, 0, 0, 0, 1, 0, 2]);
    expect([...countPolarities(events, 4, 2, 1, 3).off]).toEqual([0, 0, 0, 0, 0, 0, 0, 2]);
  });

  it("a PNG shows row 0 on top, ON blue, OFF orange, both between, nothing white", async () => {
    const picture = paintCounts(counts, fullCount([counts]), 3);
    expect([picture.width, picture.height]).toEqual([12, 6]);
    const png = PNG.sync.read(Buffer.from(await encodePng(picture, EVENT_PALETTE)));
    const at = (x: number, y: number): number[] => [...png.data.subarray(4 * (y * 12 + x), 4 * (y * 12 + x) + 3)];
    const [onRed, , onBlue] = at(0, 0);
    expect(onBlue!).toBeGreaterThan(onRed! + 60);
    expect(at(2, 2)).toEqual(at(0, 0));
    const [offRed, , offBlue] = at(11, 5);
    expect(offRed!).toBeGreaterThan(offBlue! + 60);
    expect(at(11, 0)).toEqual([255, 255, 255]);
    const [bothRed, , bothBlue] = at(4, 4);
    expect(Math.abs(bothRed! - bothBlue!)).toBeLessThan(40);
  });

  it("a hot pixel does not make all others faint", () => {
    const on = Uint32Array.from({ length: 10_000 }, (_, i) => (i === 5 ? 1_000_000 : 4));
    expect(fullCount([{ width: 100, height: 100, on, off: new Uint32Array(10_000) }])).toBe(4);
    expect(fullCount([])).toBe(1);
  });

  it("a GIF holds every frame, and runs for ever", async () => {
    const frames = [countPolarities(events, 4, 2, 0, 2), countPolarities(events, 4, 2, 2, 5)];
    const gif = await encodeGif(
      frames.map((frame) => paintCounts(frame, 1, 8)),
      EVENT_PALETTE,
      40,
    );
    const text = Buffer.from(gif).toString("latin1");
    expect(text.startsWith("GIF89a")).toBe(true);
    expect(text).toContain("NETSCAPE2.0");
    // Graphic control extensions, one a frame, 4 hundredths of a second each.
    expect(
      text
        .split("\u0021\u00f9\u0004")
        .slice(1)
        .map((rest) => rest.charCodeAt(1)),
    ).toEqual([4, 4]);
  });

  it("small sensors are drawn large", () => {
    expect([pictureScale(34, 34), pictureScale(128, 128), pictureScale(1280, 720)]).toEqual([15, 4, 1]);
  });
});

describe("the player", () => {
  const page = eventPlayerPage(events, { title: 'a<b>&"c"', width: 4, height: 2 });

  it("is one page without anything from elsewhere, its title escaped", () => {
    expect(page).toContain("<title>a&lt;b&gt;&amp;&quot;c&quot;</title>");
    expect(page).not.toMatch(/(src|href)\s*=\s*"/);
    expect(page).not.toMatch(/https?:/);
  });

  it("holds the events as they are", () => {
    const data = Buffer.from(/id="events">([^<]*)</.exec(page)![1]!, "base64");
    const rows = Array.from({ length: data.length / 8 }, (_, i) => [
      data.readUInt32LE(8 * i),
      data.readUInt16LE(8 * i + 4) & 0x7fff,
      data.readUInt16LE(8 * i + 6),
      data.readUInt16LE(8 * i + 4) >> 15,
    ]);
    expect(rows).toEqual([
      [0, 0, 0, 1],
      [10, 3, 1, 0],
      [20, 3, 1, 0],
      [30, 1, 1, 0],
      [40, 1, 1, 1],
    ]);
  });

  it("its script is sound JavaScript", () => {
    const script = /<script>([\s\S]*)<\/script>/.exec(page)![1]!;
    expect(() => new Function(script)).not.toThrow();
  });
});
