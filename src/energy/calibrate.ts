import type { PriceKey } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import { fitNonNegative } from "./least-squares.ts";
import { PRICED_ITEMS } from "./prices.ts";

/** Prices that can be told from the counters of cores, one a counter. */
export const CALIBRATED = [
  "perTap",
  "perNeuronUpdate",
  "perEventIn",
  "perSpike",
  "perCopy",
  "perLinkEvent",
  "perLeakUpdate",
] as const satisfies readonly PriceKey[];
export type CalibratedPrice = (typeof CALIBRATED)[number];

/** What a board drew and counted over some time. */
export interface PowerMeasurement {
  readonly intervalUs: number;
  /** Counted in that time, all cores together, by counter name (`taps`, `spikes`...). */
  readonly counters: Readonly<Record<string, number>>;
  /** Mean power of each rail, watts. */
  readonly powerW: Readonly<Record<string, number>>;
}

export interface FittedPrice {
  /** Joules an item, all rails together. */
  readonly joules: number;
  /** Standard error of it. */
  readonly errorJ: number;
  readonly byRail: Readonly<Record<string, number>>;
}

export interface FittedRail {
  readonly rail: string;
  /** Power when nothing happens, watts, and its standard error. */
  readonly idleW: number;
  readonly idleErrorW: number;
  /** What the fit leaves over, root mean square, watts. */
  readonly residualW: number;
  /** Part of the variance that the fit explains. */
  readonly explained: number;
}

export interface Calibration {
  readonly prices: Readonly<Partial<Record<CalibratedPrice, FittedPrice>>>;
  readonly rails: readonly FittedRail[];
  readonly samples: number;
  readonly warnings: readonly string[];
}

/** Two rates that are so much alike cannot be told apart by what they cost. */
const ALIKE = 0.999;

/**
 * Prices from measured power: for each rail, power = idle + sum(price * count) / time, by non-negative least squares.
 *
 * @param measurements at rates as different as possible, a silent board among them
 * @param wanted prices to find; the fewer, the surer
 * @throws ChipError E_INPUT when there are too few measurements, nothing varies in them, or one of them lacks what others have
 */
export function calibrate(
  measurements: readonly PowerMeasurement[],
  wanted: readonly CalibratedPrice[] = ["perTap", "perNeuronUpdate", "perSpike"],
): Calibration {
  const used = measurements.filter(({ intervalUs, powerW }) => intervalUs > 0 && Object.keys(powerW).length > 0);
  const rails = [...new Set(used.flatMap(({ powerW }) => Object.keys(powerW)))];
  const counterOf = (price: CalibratedPrice): string => PRICED_ITEMS.find(({ key }) => key === price)?.count as string;
  requireAll(measurements, wanted.map(counterOf), rails);
  const rateOf = (price: CalibratedPrice): number[] =>
    used.map(({ counters, intervalUs }) => ((counters[counterOf(price)] as number) * 1e6) / intervalUs);
  const columns = wanted.map((price) => ({ price, rates: rateOf(price) }));
  const warnings: string[] = [];
  const fitted = columns.filter(({ price, rates }) => {
    if (new Set(rates).size > 1) return true;
    warnings.push(`${price}: its count a second is the same in every sample, so it has no price`);
    return false;
  });
  if (used.length < fitted.length + 2) {
    throw new ChipError(
      "E_INPUT",
      `${used.length} samples with power are too few for ${fitted.length} prices and the idle power of each rail; at least ${fitted.length + 2} are needed, at rates as different as possible.`,
      { details: { samples: used.length, needed: fitted.length + 2 } },
    );
  }
  if (fitted.length === 0) {
    throw new ChipError(
      "E_INPUT",
      "the rates are the same in every sample, so nothing can be told apart; measure recordings of different rates, and a silent board.",
    );
  }
  warnings.push(...alike(fitted));

  const rows = used.map((_, i) => [1, ...fitted.map(({ rates }) => rates[i] as number)]);
  const fits = rails.map((rail) => {
    const watts = used.map(({ powerW }) => powerW[rail] as number);
    return { rail, watts, ...fitNonNegative(rows, watts) };
  });
  const prices = Object.fromEntries(
    fitted.map(({ price }, k): [CalibratedPrice, FittedPrice] => [
      price,
      {
        joules: fits.reduce((sum, { x }) => sum + (x[k + 1] as number), 0),
        errorJ: Math.hypot(...fits.map(({ error }) => error[k + 1] as number)),
        byRail: Object.fromEntries(fits.map(({ rail, x }) => [rail, x[k + 1] as number])),
      },
    ]),
  );
  for (const [price, { joules }] of Object.entries(prices)) {
    if (joules === 0) warnings.push(`${price} came out as nothing: what it costs does not show in these samples`);
  }
  return {
    prices,
    rails: fits.map(({ rail, watts, x, error, residual }) => ({
      rail,
      idleW: x[0] as number,
      idleErrorW: error[0] as number,
      residualW: residual,
      explained: explained(watts, residual),
    })),
    samples: used.length,
    warnings,
  };
}

/** What a sample does not say is not nothing: a fit that took it for 0 would find wrong prices. */
function requireAll(
  measurements: readonly PowerMeasurement[],
  counters: readonly string[],
  rails: readonly string[],
): void {
  measurements.forEach((measurement, i) => {
    // Without power at all it is no measurement: those are passed over.
    if (measurement.intervalUs <= 0 || Object.keys(measurement.powerW).length === 0) return;
    const missing = [
      ...counters.filter((name) => measurement.counters[name] === undefined).map((name) => `count of ${name}`),
      ...rails.filter((name) => measurement.powerW[name] === undefined).map((name) => `power of rail ${name}`),
    ];
    if (missing.length === 0) return;
    throw new ChipError(
      "E_INPUT",
      `sample ${i + 1} has no ${missing.join(", no ")}; fit samples of one board together, and only prices whose items it counts (--prices).`,
      { details: { sample: i + 1, missing } },
    );
  });
}

/** Pairs of prices whose counts rise and fall together. */
function alike(columns: readonly { readonly price: string; readonly rates: readonly number[] }[]): string[] {
  const found: string[] = [];
  columns.forEach((a, i) => {
    for (const b of columns.slice(i + 1)) {
      if (Math.abs(correlation(a.rates, b.rates)) < ALIKE) continue;
      found.push(
        `${a.price} and ${b.price} rise and fall together in these samples, so only their sum is known; fit one of them, or measure networks with other weights`,
      );
    }
  });
  return found;
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const meanA = mean(a);
  const meanB = mean(b);
  const product = mean(a.map((value, i) => (value - meanA) * ((b[i] as number) - meanB)));
  return product / Math.sqrt(variance(a) * variance(b));
}

function explained(values: readonly number[], residual: number): number {
  const all = variance(values);
  return all === 0 ? 1 : 1 - residual ** 2 / all;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return mean(values.map((value) => (value - middle) ** 2));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
