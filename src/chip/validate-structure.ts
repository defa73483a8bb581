import { convOutput } from "../device/memory.ts";
import type {
  ChipConfig,
  CoreConfig,
  Destination,
  FilterConfig,
  InputConfig,
  MapShape,
  ReadoutConfig,
} from "./config.ts";

type Pair = readonly [y: number, x: number];

const FILTER_MODES: readonly FilterConfig["mode"][] = ["noise", "lowPass", "noiseAndHotPixel"];
const READOUT_LAYOUTS: readonly ReadoutConfig["layout"][] = ["2x2y4f", "2x4y2f", "4x4y1f", "1x1y16f"];
const READOUT_OUTPUTS: readonly ReadoutConfig["outputMode"][] = ["off", "compare", "selected", "max"];
const POOLINGS = [1, 2, 4];
const AVERAGES = [1, 16, 32];
const UINT16_MAX = 65_535;

/**
 * Everything that makes a configuration meaningless on any chip: numbers outside their words, arrays that do not match
 * their shapes, spikes sent to cores that do not exist or whose input map has another size, cores out of order.
 *
 * The ranges are those of `firmware-schemas/chip.proto`. What a certain device cannot hold (memory words, strides,
 * number of destinations) is judged elsewhere, with the device file at hand.
 *
 * @returns one sentence a fault, each beginning with the path of the field (`cores[2].weights`); empty when sound.
 */
export function structureFaults(config: ChipConfig): string[] {
  const check = new Checker();
  check.text("device.name", config.device.name, { min: 1, max: 63 });
  check.sha256("device.hash", config.device.hash);
  checkInput(check, config.input);
  checkCores(check, config);
  checkOutputs(check, config);
  if (config.slowClock.source === "external") {
    check.integer("slowClock.periodUs", config.slowClock.periodUs, 1, 0xffff_ffff);
  } else if (config.slowClock.source === "internal") {
    check.integer("slowClock.divider", config.slowClock.divider, 0, 31);
  } else {
    check.member("slowClock.source", config.slowClock.source, ["none", "external", "internal"]);
  }
  if (config.readout) checkReadout(check, config.readout, config.cores);
  checkProvenance(check, config);
  return check.faults;
}

/** Collects faults; every method names the field it looks at. */
class Checker {
  readonly faults: string[] = [];

  fault(path: string, sentence: string): void {
    this.faults.push(`${path} ${sentence}`);
  }

  integer(path: string, value: number, low: number, high: number): boolean {
    const fits = Number.isInteger(value) && value >= low && value <= high;
    if (!fits) this.fault(path, `is ${value}; it must be an integer in ${low}..${high}`);
    return fits;
  }

  pair(path: string, [y, x]: Pair, low: number, high: number): boolean {
    const yFits = this.integer(`${path}.y`, y, low, high);
    return this.integer(`${path}.x`, x, low, high) && yFits;
  }

  member<T>(path: string, value: T, allowed: readonly T[]): boolean {
    const fits = allowed.includes(value);
    if (!fits) this.fault(path, `is ${value}; it must be one of ${allowed.join(", ")}`);
    return fits;
  }

  shape(path: string, [features, height, width]: MapShape): boolean {
    const fits = [
      this.integer(`${path}.features`, features, 1, UINT16_MAX),
      this.integer(`${path}.height`, height, 1, UINT16_MAX),
      this.integer(`${path}.width`, width, 1, UINT16_MAX),
    ];
    return fits.every(Boolean);
  }

  length(path: string, length: number, needed: number, layout: string): void {
    if (length !== needed) this.fault(path, `has ${length} values; ${layout} needs ${needed}`);
  }

  text(path: string, value: string, bytes: { min: number; max: number }): void {
    // A lone surrogate has no UTF-8 form, so it could not be written and read back.
    if (/\p{Surrogate}/u.test(value)) this.fault(path, "is not well-formed Unicode text");
    const length = new TextEncoder().encode(value).length;
    if (length < bytes.min) this.fault(path, "is empty");
    if (length > bytes.max) this.fault(path, `has ${length} bytes; at most ${bytes.max} are allowed`);
  }

  sha256(path: string, value: string): void {
    if (!/^[0-9a-f]{64}$/.test(value)) this.fault(path, "is no SHA-256 of 64 lower-case hexadecimal digits");
  }
}

function checkInput(check: Checker, input: InputConfig): void {
  const shapeFits = check.shape("input.shape", input.shape);
  check.member("input.pooling.y", input.pooling[0], POOLINGS);
  check.member("input.pooling.x", input.pooling[1], POOLINGS);
  if (input.cut) {
    const { origin, corner } = input.cut;
    const originFits = check.pair("input.cut.origin", origin, 0, UINT16_MAX);
    if (check.pair("input.cut.corner", corner, 0, UINT16_MAX) && originFits && shapeFits) {
      const cut = [corner[0] - origin[0] + 1, corner[1] - origin[1] + 1];
      if (input.mirrorDiagonal) cut.reverse();
      if (cut[0] !== input.shape[1] || cut[1] !== input.shape[2]) {
        check.fault("input.cut", `leaves ${cut.join("x")}; input.shape says ${input.shape.slice(1).join("x")}`);
      }
    }
  }
  if (input.filter) {
    check.member("input.filter.mode", input.filter.mode, FILTER_MODES);
    for (const [axis, size] of [["y", input.filter.size[0]] as const, ["x", input.filter.size[1]] as const]) {
      if (check.integer(`input.filter.size.${axis}`, size, 1, 15) && size % 2 === 0) {
        check.fault(`input.filter.size.${axis}`, `is ${size}; the window must be odd`);
      }
    }
    check.integer("input.filter.threshold", input.filter.threshold, 0, UINT16_MAX);
  }
}

function checkCores(check: Checker, config: ChipConfig): void {
  if (config.cores.length === 0) check.fault("cores", "is empty; a chip needs at least one core");
  const positions = new Map<number, number>();
  config.cores.forEach((core, position) => {
    const earlier = positions.get(core.core);
    if (earlier !== undefined) check.fault(`cores[${position}].core`, `is ${core.core}, as in cores[${earlier}]`);
    else positions.set(core.core, position);
  });
  const find = (number: number) => positions.get(number);
  checkDestinations(check, "input", config.input.shape, config.input.destinations, -1, config.cores, find);
  config.cores.forEach((core, position) => {
    const path = `cores[${position}]`;
    checkCore(check, path, core);
    checkDestinations(check, path, core.outputShape, core.destinations, position, config.cores, find);
  });
}

function checkCore(check: Checker, path: string, core: CoreConfig): void {
  check.integer(`${path}.core`, core.core, 0, 255);
  check.text(`${path}.layer`, core.layer, { min: 1, max: UINT16_MAX });
  const dimensions = [
    check.shape(`${path}.inputShape`, core.inputShape),
    check.shape(`${path}.outputShape`, core.outputShape),
    check.pair(`${path}.kernelSize`, core.kernelSize, 1, UINT16_MAX),
    check.pair(`${path}.stride`, core.stride, 1, UINT16_MAX),
    check.pair(`${path}.padding`, core.padding, 0, UINT16_MAX),
  ];
  if (dimensions.every(Boolean)) checkArrays(check, path, core);
  check.integer(`${path}.thresholdHigh`, core.thresholdHigh, 1, 32_767);
  check.integer(`${path}.thresholdLow`, core.thresholdLow, -32_768, 0);
  if (core.decimator) check.integer(`${path}.decimator.ratio`, core.decimator.ratio, 1, UINT16_MAX);
  if (!(core.scale > 0 && Number.isFinite(core.scale))) {
    check.fault(`${path}.scale`, `is ${core.scale}; it must be a finite number above 0`);
  }
}

function checkArrays(check: Checker, path: string, core: CoreConfig): void {
  const [inputFeatures, inputHeight, inputWidth] = core.inputShape;
  const [features, height, width] = core.outputShape;
  const [ky, kx] = core.kernelSize;
  const expected = [
    convOutput(inputHeight, ky, core.padding[0], core.stride[0]),
    convOutput(inputWidth, kx, core.padding[1], core.stride[1]),
  ];
  if (height !== expected[0] || width !== expected[1]) {
    check.fault(
      `${path}.outputShape`,
      `is ${height}x${width}; input, kernel, stride and padding give ${expected.join("x")}`,
    );
  }
  check.length(`${path}.weights`, core.weights.length, features * inputFeatures * ky * kx, "[out][in][ky][kx]");
  if (core.leak) check.length(`${path}.leak`, core.leak.length, features, "[out]");
  if (core.initialState) {
    check.length(`${path}.initialState`, core.initialState.length, features * height * width, "[out][y][x]");
  }
}

function checkDestinations(
  check: Checker,
  source: string,
  shape: MapShape,
  destinations: readonly Destination[],
  position: number,
  cores: readonly CoreConfig[],
  find: (core: number) => number | undefined,
): void {
  destinations.forEach((destination, index) => {
    const path = `${source}.destinations[${index}]`;
    const poolingFits = check.member(`${path}.pooling`, destination.pooling, POOLINGS);
    const shiftFits = check.integer(`${path}.featureShift`, destination.featureShift, 0, UINT16_MAX - 1);
    const target = find(destination.core);
    if (target === undefined) {
      check.fault(`${path}.core`, `is ${destination.core}, which is not among cores`);
      return;
    }
    if (target <= position) {
      check.fault(
        `${path}.core`,
        `is ${destination.core}, which does not come after its source in cores; loops are not possible`,
      );
      return;
    }
    const [features, height, width] = (cores[target] as CoreConfig).inputShape;
    const pooled = shape.slice(1).map((size) => Math.floor(size / destination.pooling));
    if (poolingFits && (pooled[0] !== height || pooled[1] !== width)) {
      check.fault(path, `brings a map of ${pooled.join("x")}; core ${destination.core} takes ${height}x${width}`);
    }
    if (shiftFits && shape[0] + destination.featureShift > features) {
      const last = shape[0] + destination.featureShift - 1;
      check.fault(
        path,
        `brings features up to ${last}; core ${destination.core} takes ${features} (0..${features - 1})`,
      );
    }
  });
}

function checkOutputs(check: Checker, config: ChipConfig): void {
  const monitored = new Map(config.cores.map((core) => [core.core, core.monitorEnable]));
  const seen = new Set<number>();
  config.outputs.forEach(({ core, featureShift }, index) => {
    if (!monitored.has(core)) check.fault(`outputs[${index}]`, `is ${core}, which is not among cores`);
    else if (!monitored.get(core)) check.fault(`outputs[${index}]`, `is core ${core}, which is not monitored`);
    if (seen.has(core)) check.fault(`outputs[${index}]`, `names core ${core} again`);
    check.integer(`outputs[${index}].featureShift`, featureShift, 0, UINT16_MAX - 1);
    seen.add(core);
  });
}

function checkReadout(check: Checker, readout: ReadoutConfig, cores: readonly CoreConfig[]): void {
  if (!cores.some((core) => core.core === readout.core)) {
    check.fault("readout.core", `is ${readout.core}, which is not among cores`);
  }
  check.integer("readout.classes", readout.classes, 1, 15);
  check.member("readout.layout", readout.layout, READOUT_LAYOUTS);
  check.member("readout.average", readout.average, AVERAGES);
  check.integer("readout.threshold", readout.threshold, 0, UINT16_MAX);
  check.member("readout.outputMode", readout.outputMode, READOUT_OUTPUTS);
}

function checkProvenance(check: Checker, { provenance }: ChipConfig): void {
  for (const field of ["tool", "network", "quantizeRule", "objective"] as const) {
    check.text(`provenance.${field}`, provenance[field], { min: 0, max: UINT16_MAX });
  }
  if (provenance.networkSha256 !== "") check.sha256("provenance.networkSha256", provenance.networkSha256);
  check.integer("provenance.seed", provenance.seed, 0, Number.MAX_SAFE_INTEGER);
  provenance.warnings.forEach((warning, index) => {
    check.text(`provenance.warnings[${index}]`, warning, { min: 0, max: UINT16_MAX });
  });
}
