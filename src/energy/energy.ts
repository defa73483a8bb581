import type { Counters } from "../chip/chip.ts";
import type { Device, DeviceSpec, EnergyPreset, PriceKey, RailSpec } from "../device/types.ts";
import { ChipError } from "../errors.ts";
import { type Evidence, type Sourced, weakestEvidence } from "../units.ts";
import { PRICED_ITEMS, type PricedCount, type PricedItem } from "./prices.ts";

/** A preset that carries the name under which a report shows it. */
export interface NamedPreset extends EnergyPreset {
  readonly name: string;
}

export interface PriceOptions {
  /** Name of one of the device's presets, or a preset; absent: the device's default. */
  readonly preset?: string | NamedPreset | EnergyPreset;
  /** How long the chip was on, microseconds. */
  readonly durationUs: number;
  /**
   * Whose idle power counts. "idle" (the default): the device's `idleRails` for `idleJ`, the preset's `staticRails`
   * for `staticJ`. "all": every rail, for `staticJ` only when the preset charges static energy at all.
   */
  readonly rails?: "idle" | "all";
  /** Events that came in through the pads and the input layer. */
  readonly inputEvents: number;
  /** Events that went out through the pads: what the host saw. */
  readonly outputEvents: number;
}

/** One price times one count. */
export interface EnergyLine {
  readonly item: PriceKey;
  readonly label: string;
  readonly counter: PricedCount;
  readonly count: number;
  readonly perItemJ: number;
  readonly joules: number;
  readonly evidence: Evidence;
  /** Where the price comes from, in words. */
  readonly source: string;
}

/** The idle energy of one supply rail. */
export interface RailLine {
  readonly rail: string;
  readonly idleW: number;
  readonly joules: number;
  /** True when it is part of `staticJ`. */
  readonly charged: boolean;
  readonly evidence: Evidence;
  readonly source: string;
}

/** The price of a run: an estimate, as good as its `evidence`. */
export interface EnergyReport {
  /** Name of the preset. */
  readonly model: string;
  readonly title: string;
  /** One SynOp whose weight is not zero. */
  readonly perSynOpJ: number;
  /** One SynOp whose weight is zero. */
  readonly perZeroSynOpJ: number;
  readonly dynamicJ: number;
  readonly staticJ: number;
  /** dynamicJ + staticJ. */
  readonly totalJ: number;
  /** Idle power times duration; beside the total, whether or not the preset charges it. */
  readonly idleJ: number;
  /** The weakest of the numbers behind perSynOpJ, dynamicJ and staticJ. */
  readonly evidence: Evidence;
  /** The weakest of the numbers behind idleJ. */
  readonly idleEvidence: Evidence;
  readonly breakdown: readonly EnergyLine[];
  readonly rails: readonly RailLine[];
  /** Dynamic energy of each core, in the order of the counters; input layer and pads belong to no core. */
  readonly perCore: readonly { readonly core: number; readonly layer: string; readonly dynamicJ: number }[];
}

/**
 * Prices what was counted: E = sum(count * price) + duration * sum(static rails).
 *
 * Prices come from the device file or from the user's preset; the emulator knows none. The default preset is the
 * literature's: taps * 10 pJ and nothing else, so that figures compare with papers.
 *
 * @throws ChipError E_OPTION for a preset that the device does not have, or one that charges a rail it does not have.
 */
export function priceRun(counters: readonly Counters[], device: Device, options: PriceOptions): EnergyReport {
  requireCount("durationUs", options.durationUs);
  requireCount("inputEvents", options.inputEvents);
  requireCount("outputEvents", options.outputEvents);
  const preset = choosePreset(device.spec, options.preset);
  const sourceText = (key: string) => device.spec.sources[key] ?? key;

  const prices = pricedItems(preset);
  const counts = (counter: PricedCount): number => {
    if (counter === "inputEvents") return options.inputEvents;
    if (counter === "padEvents") return options.inputEvents + options.outputEvents;
    return counters.reduce((sum, core) => sum + core[counter], 0);
  };
  const breakdown = prices.map(({ item, price }): EnergyLine => {
    const count = counts(item.count);
    return {
      item: item.key,
      label: item.label,
      counter: item.count,
      count,
      perItemJ: price.value,
      joules: count * price.value,
      evidence: price.evidence,
      source: sourceText(price.source),
    };
  });

  const perCore = counters.map((core) => ({
    core: core.core,
    layer: core.layer,
    dynamicJ: sum(prices.map(({ item, price }) => (isOfCore(item.count) ? core[item.count] * price.value : 0))),
  }));

  const charged = chargedRails(device.spec, preset, options.rails ?? "idle");
  const shown =
    options.rails === "all" ? device.spec.energy.rails : railsNamed(device.spec, device.spec.energy.idleRails);
  const joulesOf = (rail: RailSpec) => (rail.idle.value * options.durationUs) / 1e6;
  const rails = device.spec.energy.rails
    .filter((rail) => charged.includes(rail) || shown.includes(rail))
    .map(
      (rail): RailLine => ({
        rail: rail.name,
        idleW: rail.idle.value,
        joules: joulesOf(rail),
        charged: charged.includes(rail),
        evidence: rail.idle.evidence,
        source: sourceText(rail.idle.source),
      }),
    );

  const perTaps = prices.filter(({ item }) => item.count === "taps");
  const perUpdates = prices.filter(({ item }) => item.count === "neuronUpdates");
  const perZeroSynOpJ = sum(perTaps.map(({ price }) => price.value));
  const dynamicJ = sum(breakdown.map((line) => line.joules));
  const staticJ = sum(charged.map(joulesOf));

  return {
    model: "name" in preset ? preset.name : preset.title,
    title: preset.title,
    perSynOpJ: tidy(perZeroSynOpJ + sum(perUpdates.map(({ price }) => price.value))),
    perZeroSynOpJ: tidy(perZeroSynOpJ),
    dynamicJ,
    staticJ,
    totalJ: dynamicJ + staticJ,
    idleJ: sum(shown.map(joulesOf)),
    evidence: weakestEvidence([
      ...[...perTaps, ...perUpdates].map(({ price }) => price.evidence),
      ...breakdown.filter((line) => line.count > 0).map((line) => line.evidence),
      ...charged.map((rail) => rail.idle.evidence),
    ]),
    idleEvidence: weakestEvidence(shown.map((rail) => rail.idle.evidence)),
    breakdown,
    rails,
    perCore,
  };
}

/**
 * The preset of that name, the preset itself, or the device's default.
 *
 * @throws ChipError E_OPTION when the device has none of that name.
 */
export function choosePreset(
  spec: DeviceSpec,
  choice: string | NamedPreset | EnergyPreset | undefined,
): NamedPreset | EnergyPreset {
  if (typeof choice === "object") return choice;
  const name = choice ?? spec.energy.defaultPreset;
  if (Object.hasOwn(spec.energy.presets, name)) return { name, ...spec.energy.presets[name] };
  const known = Object.keys(spec.energy.presets);
  throw new ChipError(
    "E_OPTION",
    `${spec.name} has no energy preset "${name}"; give one of ${known.join(", ")}, or the path of a preset file.`,
    { details: { preset: name, known } },
  );
}

function pricedItems(preset: EnergyPreset): { item: PricedItem; price: Sourced }[] {
  return PRICED_ITEMS.flatMap((item) => {
    const price = preset[item.key];
    return price === undefined ? [] : [{ item, price }];
  });
}

function isOfCore(count: PricedCount): count is Exclude<PricedCount, "inputEvents" | "padEvents"> {
  return count !== "inputEvents" && count !== "padEvents";
}

function chargedRails(spec: DeviceSpec, preset: EnergyPreset, rails: "idle" | "all"): readonly RailSpec[] {
  const named = railsNamed(spec, preset.staticRails);
  return rails === "all" && named.length > 0 ? spec.energy.rails : named;
}

function railsNamed(spec: DeviceSpec, names: readonly string[]): RailSpec[] {
  return names.map((name) => {
    const rail = spec.energy.rails.find((candidate) => candidate.name === name);
    if (rail) return rail;
    const known = spec.energy.rails.map((candidate) => candidate.name);
    throw new ChipError(
      "E_OPTION",
      `The energy preset charges the rail "${name}"; ${spec.name} has ${known.join(", ")}.`,
      {
        details: { rail: name, known },
      },
    );
  });
}

function requireCount(name: string, value: number): void {
  if (!(value >= 0 && Number.isFinite(value)))
    throw new RangeError(`${name} is ${value}; it must be finite and not negative`);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Twelve digits: 5 pJ and 1 pJ print as 6e-12 and not as 5.9999999999999995e-12. Only for prices that are shown. */
function tidy(joules: number): number {
  return Number(joules.toPrecision(12));
}
