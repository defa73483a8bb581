import { ChipError } from "../errors.ts";
import { formatCount } from "../units.ts";
import { createEventStream, type EventStream } from "./event-stream.ts";

/** `[features, height, width]` of the map that takes the events. */
export type InputShape = readonly [features: number, height: number, width: number];

/** Left above corner and size, pixels. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** merge: all to feature 0; on, off: only those, to feature 0; split: feature = polarity; swap: feature = 1 - polarity. */
export const POLARITY_CHOICES = ["merge", "on", "off", "split", "swap"] as const;
export type PolarityChoice = (typeof POLARITY_CHOICES)[number];

/** Events that an address operation leaves, and how many it left out. */
export interface Selected {
  readonly events: EventStream;
  readonly dropped: number;
}

export interface InputOptions {
  readonly inputShape: InputShape;
  /** Default: merge for one input feature, otherwise the events' own p. */
  readonly polarity?: PolarityChoice;
  /** Whole number by which addresses are divided. Default 1. */
  readonly downsample?: number;
  /** True: leave out what lies outside the input map; a region: cut that out first (addresses after downsampling). */
  readonly crop?: boolean | Region;
  /** What messages call the recording. Default "the recording". */
  readonly name?: string;
}

/**
 * The input events of a network or chip: polarity to feature, then downsampling, then cropping, the order of the chip's
 * own input layer (Speck data sheet 3.2.3). Events keep their order and times.
 *
 * @returns events inside `inputShape`, p the feature, and how many were left out by polarity or crop
 * @throws ChipError E_INPUT when events lie outside the input map or have no such feature, with all reasons
 */
export function toInputEvents(recording: EventStream, options: InputOptions): Selected {
  const { inputShape, downsample: factor = 1, crop: cropping = false, name = "the recording" } = options;
  const [features, height, width] = inputShape;
  let dropped = 0;
  const keep = (selected: Selected): EventStream => {
    dropped += selected.dropped;
    return selected.events;
  };
  const polarity = options.polarity ?? (features === 1 ? "merge" : "split");
  let events = keep(selectPolarity(recording, polarity, name));
  events = downsample(events, factor);
  if (typeof cropping === "object") events = keep(crop(events, cropping));
  const fit = measure(events, inputShape);
  const complaints = [
    ...(fit.outside > 0 && cropping !== true ? [outsideComplaint(fit, events.t.length, inputShape)] : []),
    ...(fit.badFeatures > 0 ? [featureComplaint(fit, features)] : []),
  ];
  if (complaints.length > 0) {
    throw new ChipError("E_INPUT", `${name}: ${complaints.join(" ")}`, { details: { ...fit, inputShape } });
  }
  if (fit.outside > 0) events = keep(crop(events, { x: 0, y: 0, width, height }));
  return { events: { ...events, sensor: [width, height] }, dropped };
}

/**
 * Chooses and names features by polarity.
 *
 * @throws ChipError E_INPUT for on, off and swap when p is not 0 or 1
 */
export function selectPolarity(events: EventStream, choice: PolarityChoice, name = "the recording"): Selected {
  if (choice === "split") return { events, dropped: 0 };
  if (choice === "merge") return { events: { ...events, p: new Uint16Array(events.p.length) }, dropped: 0 };
  const odd = events.p.findIndex((p) => p > 1);
  if (odd >= 0) {
    throw new ChipError(
      "E_INPUT",
      `${name}: event ${odd} has p ${events.p[odd]}, polarity "${choice}" needs 0 (OFF) or 1 (ON); use --polarity merge or split.`,
    );
  }
  if (choice === "swap") return { events: { ...events, p: events.p.map((p) => 1 - p) }, dropped: 0 };
  const wanted = choice === "on" ? 1 : 0;
  const { events: kept, dropped } = filterEvents(events, (i) => events.p[i] === wanted);
  return { events: { ...kept, p: new Uint16Array(kept.p.length) }, dropped };
}

/** Divides addresses by a whole number, rounding down; counts are not changed. 34x34 by 4 gives 9x9. */
export function downsample(events: EventStream, factor: number): EventStream {
  if (!(Number.isInteger(factor) && factor >= 1)) {
    throw new ChipError(
      "E_OPTION",
      `addresses cannot be divided by ${factor}; give --downsample a whole number from 1.`,
    );
  }
  if (factor === 1) return events;
  const divide = (value: number): number => Math.floor(value / factor);
  return {
    ...events,
    x: events.x.map(divide),
    y: events.y.map(divide),
    ...(events.sensor
      ? { sensor: [Math.ceil(events.sensor[0] / factor), Math.ceil(events.sensor[1] / factor)] as const }
      : {}),
  };
}

/** The events inside a region, its corner at (0, 0). */
export function crop(events: EventStream, region: Region): Selected {
  const { x: left, y: top, width, height } = region;
  const whole = [left, top, width, height].every(Number.isInteger);
  if (!whole || left < 0 || top < 0 || width < 1 || height < 1) {
    throw new ChipError(
      "E_OPTION",
      `a region of ${width}x${height} pixels at (${left}, ${top}) cannot be cut out; give whole numbers, the size from 1.`,
    );
  }
  const { x, y } = events;
  const { events: kept, dropped } = filterEvents(
    events,
    (i) => x[i] >= left && x[i] < left + width && y[i] >= top && y[i] < top + height,
  );
  return {
    events: {
      ...kept,
      x: kept.x.map((value) => value - left),
      y: kept.y.map((value) => value - top),
      sensor: [width, height],
    },
    dropped,
  };
}

/** The events that a rule keeps, by their index. */
export function filterEvents(events: EventStream, keeps: (index: number) => boolean): Selected {
  const length = events.t.length;
  const chosen = new Uint32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) if (keeps(i)) chosen[count++] = i;
  if (count === length) return { events, dropped: 0 };
  const kept = createEventStream(count, events.sensor, events.originUs);
  for (let k = 0; k < count; k++) {
    const i = chosen[k];
    kept.t[k] = events.t[i];
    kept.x[k] = events.x[i];
    kept.y[k] = events.y[i];
    kept.p[k] = events.p[i];
  }
  return { events: kept, dropped: length - count };
}

interface Fit {
  readonly outside: number;
  readonly badFeatures: number;
  readonly maxX: number;
  readonly maxY: number;
  readonly maxP: number;
}

function measure(events: EventStream, [features, height, width]: InputShape): Fit {
  const { x, y, p } = events;
  let outside = 0;
  let badFeatures = 0;
  let maxX = 0;
  let maxY = 0;
  let maxP = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] >= width || y[i] >= height) outside++;
    if (p[i] >= features) badFeatures++;
    if (x[i] > maxX) maxX = x[i];
    if (y[i] > maxY) maxY = y[i];
    if (p[i] > maxP) maxP = p[i];
  }
  return { outside, badFeatures, maxX, maxY, maxP };
}

function outsideComplaint(fit: Fit, total: number, [, height, width]: InputShape): string {
  const factor = Math.max(Math.ceil((fit.maxX + 1) / width), Math.ceil((fit.maxY + 1) / height));
  return (
    `${formatCount(fit.outside)} of ${formatCount(total)} events lie outside the ${width}x${height} input map ` +
    `(x up to ${fit.maxX}, y up to ${fit.maxY}); use --downsample ${factor} to divide addresses or --crop to leave them out.`
  );
}

function featureComplaint(fit: Fit, features: number): string {
  const has = features === 1 ? "the input has 1 feature" : `the input has ${features} features`;
  return `${formatCount(fit.badFeatures)} events have a feature up to ${fit.maxP}, ${has}; use --polarity merge.`;
}
