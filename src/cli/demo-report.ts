import type { EvaluationSummary } from "../evaluate/summarize.ts";
import { selectPolarity } from "../events/address.ts";
import { accumulate } from "../events/frames.ts";
import type { DemoSample } from "../events/simulate/demo-set.ts";
import type { MapResult } from "../mapper/map-network.ts";
import { barsSvg } from "../report/bars.ts";
import { framePreview } from "../report/raster.ts";
import type { PageSection } from "../report/types.ts";
import type { TrainSummary } from "../trainer/training-folder.ts";
import type { Measured } from "../trainer/training-state.ts";
import { formatCount, formatSi } from "../units.ts";
import { bold, formatFields, formatTable } from "./table.ts";

/** All that a demo has to tell. */
export interface DemoOutcome {
  readonly folder: string;
  readonly classes: readonly string[];
  readonly recordings: { readonly trained: number; readonly unseen: readonly DemoSample[] };
  readonly eventsPerSample: number;
  /** Test samples at the end of the training without a budget. */
  readonly free: Measured;
  /** SynOps a sample that it was trained for. */
  readonly budget: number;
  readonly trained: TrainSummary;
  readonly layers: MapResult["layers"];
  /** Unseen samples on the emulated chip. */
  readonly summary: EvaluationSummary;
  readonly device: string;
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/** For the terminal. */
export function demoText(outcome: DemoOutcome): string {
  const { summary, recordings, free, trained, device, folder, eventsPerSample, budget } = outcome;
  const [first] = recordings.unseen;
  const [width, height] = first.events.sensor as readonly [number, number];
  const energy = summary.energyPerSample;
  const title = `${percent(summary.accuracy)} of ${formatCount(summary.samples)} samples right, from ${recordings.unseen.length} recordings it was not trained on, on an emulated ${device}`;
  return [
    bold(title),
    "",
    framePreview(accumulate(selectPolarity(first.events, "merge").events, [1, height, width]), width, height),
    `${first.id}: ${formatCount(first.events.t.length)} simulated events, each sample ${formatCount(eventsPerSample)} of them`,
    "",
    layerTable(outcome),
    "SynOps are means a sample",
    "",
    formatFields([
      ["SynOps a sample", `${formatSi(summary.synOpsPerSample.mean, "")} on the chip`],
      [
        "energy a sample",
        `${formatSi(energy.mean, "J")} estimated (${formatSi(energy.perSynOpJ, "J")} a SynOp, evidence: ${energy.evidence})`,
      ],
      ["idling beside it", formatSi(energy.idleJ, "J")],
      [
        "the budget",
        `${formatSi(budget, "SynOps")}; training predicts ${formatSi(trained.synOps, "")} and ${percent(trained.accuracy)}, without a budget ${formatSi(free.synOps, "")} and ${percent(free.accuracy)}`,
      ],
      [
        "trained",
        `${recordings.trained} recordings, ${formatCount(trained.steps)} steps, ${(trained.wallMs / 1000).toFixed(1)} s (${trained.backend}, ${trained.kernels} kernels)`,
      ],
      ["files", `${folder}/: recordings, net.nir, chip.pb, report.html, training`],
      [
        "go on with",
        `npx spikewright evaluate ${folder}/chip.pb --data ${folder}/recordings --slice ${eventsPerSample}`,
      ],
    ]),
  ].join("\n");
}

/** SynOps of a layer are those of the spikes that come in. */
function rowsOf({ layers, free, trained, summary }: DemoOutcome) {
  return layers.map(({ name, core, kernelWords, neuronWords }, i) => ({
    name,
    core,
    kernelWords,
    neuronWords,
    free: free.layers[i]?.synOps ?? 0,
    predicted: trained.layers[i]?.synOps ?? 0,
    chip: summary.layers[i]?.taps ?? 0,
    spikes: summary.layers[i]?.spikes ?? 0,
  }));
}

function layerTable(outcome: DemoOutcome): string {
  const count = (value: number): string => formatCount(Math.round(value));
  return formatTable(
    [
      { title: "layer" },
      ...["core", "kernel words", "neuron words", "SynOps without budget", "predicted", "on the chip", "spikes"].map(
        (title) => ({ title, align: "right" as const }),
      ),
    ],
    rowsOf(outcome).map((row) => [
      row.name,
      row.core,
      row.kernelWords.need,
      row.neuronWords.need,
      count(row.free),
      count(row.predicted),
      count(row.chip),
      count(row.spikes),
    ]),
  );
}

/** For the page: what training saved, as a picture, and which digits were taken for which. */
export function demoSections(outcome: DemoOutcome): readonly PageSection[] {
  const { summary, free, trained, recordings, classes, budget, eventsPerSample } = outcome;
  const rows = rowsOf(outcome);
  const total = (key: "free" | "predicted" | "chip"): number => rows.reduce((sum, row) => sum + row[key], 0);
  const groups = [
    ...rows.map(({ name, free, predicted, chip }) => ({ name, values: [free, predicted, chip] })),
    { name: "all", values: [total("free"), total("predicted"), total("chip")] },
  ];
  const series = [
    { name: "trained without a budget", colour: "#b8c4d0" },
    { name: "to the budget, predicted", colour: "#9ec5e8" },
    { name: "the same, on the chip", colour: "#114a82" },
  ];
  return [
    {
      title: "What training saved",
      figures: [
        ["accuracy on the chip", percent(summary.accuracy)],
        ["SynOps a sample", formatSi(summary.synOpsPerSample.mean, "")],
        [`energy a sample (${summary.energyPerSample.evidence})`, formatSi(summary.energyPerSample.mean, "J")],
        ["accuracy without a budget", percent(free.accuracy)],
        ["SynOps without a budget", formatSi(free.synOps, "")],
        ["budget", formatSi(budget, "SynOps")],
      ],
      svg: barsSvg(groups, series, (value) => formatSi(value, "")),
      text: [
        `SynOps that the spikes entering a layer cost, means a sample of ${formatCount(eventsPerSample)} events. The chip: ${formatCount(summary.samples)} samples from ${recordings.unseen.length} simulated recordings that the network was not trained on, event by event with 8-bit weights. Predicted and without a budget: the same samples, all events at once, as the training computes them (${percent(trained.accuracy)} and ${percent(free.accuracy)} right).`,
        "The chip spends somewhat more than predicted: a spike that came early cannot be taken back by what arrives later.",
      ],
    },
    {
      title: "What was taken for what",
      table: {
        head: ["digit \\ read as", ...classes],
        rows: summary.confusion.map((row, i) => [classes[i] ?? String(i), ...row.map((n) => (n === 0 ? "" : n))]),
        numbers: classes.map((_, i) => i + 1),
      },
    },
  ];
}
