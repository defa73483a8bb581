import { ChipError } from "../../errors.ts";
import { downsample, selectPolarity } from "../../events/address.ts";
import type { EventStream } from "../../events/event-stream.ts";
import { accumulate } from "../../events/frames.ts";
import { sliceByCount } from "../../events/slice.ts";
import type { Shape } from "../../network/types.ts";
import { formatCount } from "../../units.ts";
import type { Packer } from "./packed-set.ts";

/** How recordings become frames. */
export interface FrameRule {
  /** Events a frame; a remainder is dropped. */
  readonly eventsPerFrame: number;
  /** `merge`: one feature; `split`: OFF and ON, one feature each. Default `merge`. */
  readonly polarity?: "merge" | "split";
  /** Addresses are divided by it, rounded down. Default 1. */
  readonly downsample?: number;
}

/**
 * Checks that frames by this rule have the shape that the network takes.
 *
 * @throws ChipError E_OPTION naming what to change
 */
export function checkFrameRule(rule: FrameRule, input: Shape): void {
  const { eventsPerFrame, polarity = "merge", downsample = 1 } = rule;
  for (const [name, value] of Object.entries({ eventsPerFrame, downsample })) {
    if (!(Number.isInteger(value) && value >= 1))
      throw new ChipError("E_OPTION", `data.${name} is ${value}; give a whole number from 1.`);
  }
  const features = polarity === "merge" ? 1 : 2;
  if (features !== input[0]) {
    const other = input[0] === 1 ? "merge" : "split";
    const remedy = input[0] <= 2 ? ` or data.polarity to ${other}` : "";
    throw new ChipError(
      "E_OPTION",
      `data.polarity "${polarity}" makes frames of ${features} feature${features > 1 ? "s" : ""}, and the network takes ${input.join("x")}; set the network's first number to ${features}${remedy}.`,
    );
  }
}

/**
 * Cuts a recording into frames: slices of so many events, each the count of events at every pixel (Sorbaro et al. 2020).
 *
 * @param into takes the frames
 * @param name how messages call the recording
 * @returns number of frames; 0 for a recording that is shorter than one
 * @throws ChipError E_INPUT when events lie outside the network's input
 */
export function addFrames(
  recording: EventStream,
  label: number,
  rule: FrameRule,
  input: Shape,
  into: Packer,
  name: string,
): number {
  const { events } = selectPolarity(recording, rule.polarity ?? "merge", name);
  const scaled = downsample(events, rule.downsample ?? 1);
  checkInside(scaled, input, rule.downsample ?? 1, name);
  const slices = sliceByCount(scaled, rule.eventsPerFrame);
  for (const slice of slices) into.add(accumulate(slice, input), label);
  return slices.length;
}

function checkInside({ x, y, p }: EventStream, [features, height, width]: Shape, factor: number, name: string): void {
  let [outside, maxX, maxY, maxP] = [0, 0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    if (x[i] >= width || y[i] >= height) outside++;
    if (x[i] > maxX) maxX = x[i];
    if (y[i] > maxY) maxY = y[i];
    if (p[i] > maxP) maxP = p[i];
  }
  if (outside > 0) {
    const needed = factor * Math.max(Math.ceil((maxX + 1) / width), Math.ceil((maxY + 1) / height));
    throw new ChipError(
      "E_INPUT",
      `${name}: ${formatCount(outside)} of ${formatCount(x.length)} events lie outside the network's ${width}x${height} input (x up to ${maxX}, y up to ${maxY}); ` +
        `set data.downsample to ${needed} in the recipe, or crop the recordings first (spikewright events crop).`,
      { details: { outside, maxX, maxY, input: [features, height, width] } },
    );
  }
  if (maxP >= features) {
    throw new ChipError(
      "E_INPUT",
      `${name}: events have a polarity up to ${maxP}, and the network's input has ${features} features; set data.polarity to merge in the recipe.`,
    );
  }
}
