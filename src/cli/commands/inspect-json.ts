import { basename } from "node:path";
import { CALIBRATED } from "../../energy/calibrate.ts";
import type { SampleResult } from "../../evaluate/run-sample.ts";
import type { EpochRecord } from "../../trainer/training-state.ts";
import { formatCount, formatSi } from "../../units.ts";
import type { CommandResult } from "../context.ts";
import { bold, formatFields } from "../table.ts";

type Fields = Readonly<Record<string, unknown>>;
type Rows = readonly (readonly [string, string])[];

/** One kind of file: how its first document is told from others, and what to say of all of them. */
interface Kind {
  readonly kind: string;
  readonly title: string;
  readonly is: (first: Fields) => boolean;
  readonly figures: (first: Fields, documents: readonly Fields[]) => Fields;
  readonly rows: (figures: Fields) => Rows;
  /** The command that works on it. */
  readonly hint: (file: string) => string;
}

const percent = (part: unknown): string => (typeof part === "number" ? `${(100 * part).toFixed(2)} %` : "-");
const si = (value: unknown, unit: string): string => (typeof value === "number" ? formatSi(value, unit) : "-");
const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

const KINDS: readonly Kind[] = [
  {
    kind: "history",
    title: "history of a training, a line an epoch",
    is: (first) => "epoch" in first && "phase" in first && "train" in first,
    figures: (_, documents) => {
      const { epoch, phase, train, test, target } = documents.at(-1) as unknown as EpochRecord;
      const last = { accuracy: (test ?? train).accuracy, synOps: (test ?? train).synOps, of: test ? "test" : "train" };
      return { epochs: documents.length, epoch, phase, target, last };
    },
    rows: ({ epochs, phase, target, last }) => {
      const { accuracy, synOps, of } = last as { accuracy: number; synOps: number; of: string };
      return [
        ["epochs", `${epochs}, the last in phase ${phase}`],
        [`last on the ${of} set`, `${percent(accuracy)} at ${si(synOps, "SynOps")} a sample`],
        ["target", target === null ? "-" : si(target, "SynOps")],
      ];
    },
    hint: () => "the train command that wrote it goes on where it stands",
  },
  {
    kind: "summary",
    title: "result of a training",
    is: (first) => "trainSamples" in first && "accuracy" in first && "parameters" in first,
    figures: (summary) => ({ ...summary }),
    rows: ({ name, accuracy, synOps, testSamples, parameters, weights, epochs, seed }) => [
      ["recipe", String(name)],
      ["result", `${percent(accuracy)} of ${testSamples} samples not trained on, ${si(synOps, "SynOps")} each`],
      ["network", `net.nir beside it, ${formatCount(Number(parameters))} weights (${weights})`],
      ["trained", `${epochs} epochs, seed ${seed}`],
    ],
    hint: () => "spikewright map net.nir -o chip.pb places the network beside it",
  },
  {
    kind: "parts",
    title: "which samples a training saw",
    is: (first) => Array.isArray(first.train) && Array.isArray(first.test) && Array.isArray(first.classes),
    figures: ({ classes, train, test }) => ({
      classes,
      train: (train as unknown[]).length,
      test: (test as unknown[]).length,
    }),
    rows: ({ classes, train, test }) => [
      ["classes", (classes as unknown[]).join(", ")],
      ["trained on", formatCount(train as number)],
      ["tested on", formatCount(test as number)],
    ],
    hint: () => "spikewright evaluate --ids takes the ids that it lists",
  },
  {
    kind: "samples",
    title: "results of evaluate -o, a line a recording",
    is: (first) => Array.isArray(first.results) && "id" in first,
    figures: (_, documents) => {
      const samples = documents.flatMap(({ results }) => results as readonly SampleResult[]);
      const right = samples.filter(({ prediction, label }) => prediction === label).length;
      const synOps = samples.map(({ perCore }) => perCore.reduce((sum, { taps }) => sum + taps, 0));
      return {
        recordings: documents.length,
        samples: samples.length,
        accuracy: samples.length === 0 ? null : right / samples.length,
        synOpsPerSample: mean(synOps),
      };
    },
    rows: ({ recordings, samples, accuracy, synOpsPerSample }) => [
      ["recordings", `${formatCount(recordings as number)}, ${formatCount(samples as number)} samples`],
      ["accuracy", percent(accuracy)],
      ["SynOps a sample", si(synOpsPerSample, "")],
    ],
    hint: (file) => `spikewright report chip.pb --load ${file} -o report.html draws the load`,
  },
  {
    kind: "measurements",
    title: "looks of monitor -o",
    is: (first) => "intervalUs" in first && "counters" in first,
    figures: (_, documents) => {
      const powered = documents.filter(({ powerW }) => powerW !== undefined);
      const rails = [...new Set(powered.flatMap(({ powerW }) => Object.keys(powerW as object)))];
      const seconds = documents.reduce((sum, { intervalUs }) => sum + Number(intervalUs) / 1e6, 0);
      return { looks: documents.length, withPower: powered.length, rails, seconds };
    },
    rows: ({ looks, withPower, rails, seconds }) => [
      ["looks", `${looks} over ${si(seconds, "s")}`],
      ["with power", `${withPower}${withPower === 0 ? "" : ` (${(rails as string[]).join(", ")})`}`],
    ],
    hint: (file) => `spikewright calibrate ${file} -o energy.json fits prices to it`,
  },
  {
    kind: "energy",
    title: "prices for --energy",
    is: (first) => CALIBRATED.some((price) => typeof (first[price] as Fields | undefined)?.value === "number"),
    figures: ({ title = null, ...fields }) => ({
      title,
      prices: Object.fromEntries(Object.entries(fields).filter(([, price]) => (price as Fields)?.value !== undefined)),
    }),
    rows: ({ title, prices }) => [
      ["title", String(title ?? "-")],
      ...Object.entries(prices as Record<string, { value: number; unit: string; evidence: string }>).map(
        ([key, { value, unit, evidence }]): [string, string] => [key, `${value} ${unit}, ${evidence}`],
      ),
    ],
    hint: (file) => `--energy ${file.includes("/") ? file : `./${file}`} of emulate, evaluate and run takes it`,
  },
  {
    kind: "job",
    title: "what a results folder is of",
    is: (first) => "recipe" in first || ("model" in first && "mode" in first && "data" in first),
    figures: (job) => ({ of: "recipe" in job ? "training" : "evaluation" }),
    rows: ({ of }) => [["of", `${of}`]],
    hint: () => "inspect its folder",
  },
];

/** A text of JSON, or of one JSON document a line, that some command wrote. Nothing, when it is something else. */
export function inspectJson(file: string, bytes: Uint8Array): CommandResult | undefined {
  if (bytes.find((byte) => byte > 32) !== 0x7b) return undefined;
  const documents = documentsIn(new TextDecoder().decode(bytes));
  const [first] = documents;
  const found = first && KINDS.find(({ is }) => is(first));
  if (!found) return undefined;
  const { kind, title, hint } = found;
  const figures = found.figures(first, documents);
  return {
    json: { kind, file: basename(file), ...figures },
    text: [`${bold(basename(file))}: ${title}`, formatFields([...found.rows(figures), ["next", hint(file)]])].join(
      "\n",
    ),
  };
}

/** The half line at the end of an interrupted job's file is passed over. */
function documentsIn(text: string): readonly Fields[] {
  const whole = parsed(text);
  if (whole !== undefined) return [whole];
  return text.split("\n").flatMap((line): readonly Fields[] => {
    const document = parsed(line);
    return document === undefined ? [] : [document];
  });
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
