import { z } from "zod";
import { EVIDENCE_GRADES } from "../units.ts";
import type { DeviceSpec, PriceKey } from "./types.ts";

// Checks the device files that users bring, and makes devices/device.schema.json for editors. zod takes a tenth of a
// second to load, therefore this file is only ever imported dynamically; built-in files are checked by the tests.

const evidence = z.enum(EVIDENCE_GRADES).meta({ description: "How well the number is known, from best to weakest." });
const source = z.string().min(1).meta({ description: "A key of `sources`." });

/** A sourced number in the one unit that the program computes with. */
function sourced(unit: string, value: z.ZodType<number>, description: string) {
  return z.strictObject({ value, unit: z.literal(unit), evidence, source }).meta({ description });
}

function choice<T extends z.ZodType>(value: T, description: string) {
  return z.strictObject({ value, evidence, source }).meta({ description });
}

const count = z.int().min(0);
const positive = z.int().min(1);
const picoseconds = z.int().min(0);
// A tap costs picojoules: more than a microjoule is a slip of the prefix.
const joules = z.number().min(0).max(1e-6);
const watts = z.number().min(0).max(10);
const deviceName = z.string().regex(/^[a-z][a-z0-9-]*$/, "use lower-case letters, digits and hyphens");

const core = z.strictObject({
  id: count.max(255).meta({ description: "0, 1, 2... in the order of the list." }),
  kernelWords: sourced("words", positive, "8-bit words of kernel memory."),
  neuronWords: sourced("words", positive, "16-bit words of neuron memory."),
  leakWords: sourced(
    "words",
    count,
    "16-bit words of leak memory, one a feature that leaks; 0: no layer on it can leak.",
  ),
  units: sourced("units", positive.max(64), "Neuron units that work in parallel; 1 on a plain core."),
});

const limits = z.strictObject({
  inputSize: sourced("px", positive.max(4096), "Largest height and width of a layer's input."),
  outputSize: sourced(
    "px",
    positive.max(4096),
    "Largest height and width of the map after the convolution, before pooling.",
  ),
  features: sourced("features", positive.max(65536), "Most input or output features of a layer."),
  kernelSize: sourced("px", positive.max(256), "Largest kernel height and width."),
  kernelSquare: choice(z.boolean(), "Kernels must be square."),
  strides: choice(z.array(positive).min(1), "Allowed strides, independent in x and y."),
  padding: sourced("px", count.max(255), "Largest padding, independent in x and y."),
  pools: choice(z.array(positive).min(1), "Allowed pooling windows of a destination; 1 is none."),
  destinations: sourced("destinations", positive, "Destinations of a core."),
  inputDestinations: sourced("destinations", positive, "Destinations of the input layer."),
  weightBits: sourced("bits", z.literal(8), "Width of a weight. Only 8 is modelled."),
  stateBits: sourced("bits", z.literal(16), "Width of a membrane and of a threshold. Only 16 is modelled."),
  leakBits: sourced("bits", z.literal(16), "Width of a leak. Only 16 is modelled."),
  readoutClasses: sourced("classes", count, "Classes that the readout block tells apart."),
});

const numeric = z.strictObject({
  comparator: choice(z.enum([">=", ">"]), "`>=`: a membrane equal to the threshold fires."),
  upperSaturation: choice(z.boolean(), "true: a membrane stops at 32,767; false: it wraps."),
  zeroWeightSkip: choice(z.boolean(), "true: zero weights are read and never reach the neuron."),
});

const timing = z.strictObject({
  tIn: sourced("ps", picoseconds, "An event enters the core and is padded."),
  tMap: sourced("ps", picoseconds, "Start of the address sweep."),
  tKernel: sourced("ps", picoseconds, "One tap: step of the sweep and kernel read."),
  tNeuron: sourced("ps", picoseconds, "One neuron update: read, add, compare, write."),
  tOut: sourced("ps", picoseconds, "A spike leaves the core: pooling, feature shift, header."),
  padIn: sourced("ps", picoseconds, "An event comes in through the pads."),
  padOut: sourced("ps", picoseconds, "An event goes out through the pads."),
  routerSlot: sourced("ps", picoseconds, "The router is taken by one event and output port."),
  fifoDepth: sourced("events", positive, "Events that a core's input queue holds."),
  overlap: choice(
    z.enum(["none", "pipelined"]),
    "`none`: a core takes the next event when the last tap is written; `pipelined`: when it is issued.",
  ),
  boardStamp: sourced("ps", positive, "Resolution of the board's time stamps."),
});

const price = (description: string) => sourced("J", joules, description).exactOptional();

const prices = {
  perTap: price("Every tap, zero weights included."),
  perKernelRead: price("Every tap: one kernel word read."),
  perSweepStep: price("Every tap: one step of the address sweep."),
  perNeuronUpdate: price("Every tap whose weight is not zero."),
  perNeuronRead: price("Every neuron update: one neuron word read."),
  perNeuronWrite: price("Every neuron update: one neuron word written."),
  perCompare: price("Every neuron update: add and compare."),
  perEventIn: price("Every event that enters a core."),
  perSpike: price("Every spike."),
  perCopy: price("Every copy of a spike that a core sends to a destination."),
  perLinkEvent: price("Every copy that goes to another chip of the board."),
  perLeakUpdate: price("Every neuron that a slow-clock tick updates."),
  perInputEvent: price("Every event through the input layer."),
  perPadEvent: price("Every event on the pads, in or out."),
} satisfies Record<PriceKey, z.ZodType>;

const preset = z.strictObject({
  title: z.string().min(1),
  ...prices,
  staticRails: z.array(z.string()).meta({ description: "Rails whose idle power is charged as static energy." }),
});

const energy = z.strictObject({
  defaultPreset: z.string().meta({ description: "The preset that is used when none is asked for." }),
  presets: z.record(z.string(), preset),
  rails: z.array(
    z.strictObject({
      name: z.string().min(1),
      idle: sourced("W", watts, "Power when nothing happens."),
      volts: sourced("V", z.number().positive().max(50), "Supply voltage."),
    }),
  ),
  idleRails: z
    .array(z.string())
    .meta({ description: "Rails whose idle energy a report shows beside the dynamic energy." }),
});

const blocks = z.strictObject({
  sensor: choice(
    z.tuple([positive, positive]).nullable(),
    "[width, height] of the event camera on the die; null: none.",
  ),
  readout: choice(z.boolean(), "There is a readout block."),
  congestionBalancer: choice(z.boolean(), "Cores can drop input events while they are busy."),
  decimatorRatios: choice(z.array(z.int().min(2)), "Passes one spike of N, N by interval code; empty: no decimator."),
  slowClockDividers: choice(
    z.array(z.int().min(0).max(31)),
    "2^d input events make one internal slow-clock tick; empty: no internal slow clock.",
  ),
  slowClockMin: sourced("Hz", z.number().positive(), "Slowest slow clock."),
  slowClockMax: sourced("Hz", z.number().positive(), "Fastest slow clock."),
});

const erratum = z.strictObject({
  id: z.enum(["threshold-low-zero", "readout-feature-spread"]),
  title: z.string().min(1),
  evidence,
  source,
});

const board = z
  .strictObject({
    chips: positive.max(256),
    link: z.strictObject({
      delay: sourced("ps", picoseconds, "An event goes from chip to chip, beside the router's slot."),
    }),
  })
  .meta({ description: "Several such chips, each linked to each other one. At most 256 cores in all." });

export const deviceSchema = z
  .strictObject({
    $schema: z.string().exactOptional(),
    schemaVersion: z.literal(1),
    name: deviceName.meta({ description: "What `--device` takes." }),
    title: z.string().min(1),
    aliases: z.array(deviceName).meta({ description: "Other names that `--device` takes." }),
    description: z.string(),
    silicon: z.boolean().meta({ description: "false: exists only as a file." }),
    sources: z.record(z.string(), z.string().min(1)).meta({ description: "Where numbers come from, by key." }),
    cores: z.array(core).min(1).max(256).meta({ description: "Of one chip." }),
    board: board.exactOptional(),
    limits,
    numeric,
    errata: z.array(erratum),
    blocks,
    timing,
    energy,
  })
  .meta({ title: "Spikewright device file" }) satisfies z.ZodType<DeviceSpec>;

/** `cores[2].kernelWords.value` */
function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => {
    if (typeof key === "number") return `${text}[${key}]`;
    return text === "" ? String(key) : `${text}.${String(key)}`;
  }, "");
}

function issueText(issue: z.core.$ZodIssue): string {
  const place = pathText(issue.path);
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => `${pathText([...issue.path, key])} is not a known field`).join("; ");
  }
  if (issue.message.endsWith("received undefined")) return `${place} is missing`;
  const reason = issue.message
    .replace(/^Invalid (input|option|string): /, "")
    .replace("expected int, received number", "expected a whole number");
  return place === "" ? `the file: ${reason}` : `${place}: ${reason}`;
}

/** The spec, without `$schema`, or one text a problem, each beginning with the path of the field. */
export function parseDeviceSpec(
  data: unknown,
): { readonly spec: DeviceSpec } | { readonly problems: readonly string[] } {
  const result = deviceSchema.safeParse(data);
  if (!result.success) return { problems: result.error.issues.map(issueText) };
  const { $schema: _, ...spec } = result.data;
  return { spec };
}

/** The JSON schema of a device file, as the text of devices/device.schema.json. */
export function deviceJsonSchema(): string {
  return JSON.stringify(z.toJSONSchema(deviceSchema), null, 2) + "\n";
}
