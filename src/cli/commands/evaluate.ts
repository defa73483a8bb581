import { availableParallelism } from "node:os";
import { basename, resolve } from "node:path";
import { resolvePreset } from "../../energy/preset-file.ts";
import { ChipError } from "../../errors.ts";
import { type EvaluateSample, evaluateSet } from "../../evaluate/evaluate.ts";
import type { SampleResult } from "../../evaluate/run-sample.ts";
import { openRunner } from "../../evaluate/runner.ts";
import { type EvaluationSummary, summarize } from "../../evaluate/summarize.ts";
import { parseSliceRule } from "../../events/slice.ts";
import { formatCount, formatSi } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { inputSettings, runMode } from "../input-flags.ts";
import { openLabelledSet } from "../labelled-set.ts";
import { loadModel } from "../load.ts";
import type { EvaluateFlags } from "../program.ts";
import { bold, formatFields, formatTable } from "../table.ts";

/** `evaluate CHIP|NET --data SET`. */
export async function evaluate(
  modelFile: string,
  flags: EvaluateFlags,
  context: CommandContext,
): Promise<CommandResult> {
  const mode = runMode(flags);
  const { bytes, sha256, device } = await loadModel(modelFile, flags.device);
  const preset = await resolvePreset(flags.energy, device.spec);
  const { layout } = await openRunner(bytes, basename(modelFile), device, mode);
  const set = await openLabelledSet(flags, mode);
  const samples = checked(set.samples, layout.features);
  const job = {
    id: sha256,
    model: sharedCopy(bytes),
    modelName: basename(modelFile),
    mode,
    device,
    data: basename(resolve(flags.data)),
    input: inputSettings(flags),
    ...(set.images ? { images: set.images } : {}),
    ...(flags.slice ? { slice: parseSliceRule(flags.slice) } : {}),
  };
  const workers = Math.min(flags.workers ?? availableParallelism(), samples.length);
  context.log.info(
    { model: modelFile, sha256, device: device.spec.name, deviceHash: device.hash, workers, ...mode },
    "evaluate",
  );
  const bar = context.progress("evaluate");
  const start = performance.now();
  const results = await evaluateSet(job, samples, {
    workers,
    signal: context.signal,
    onProgress: bar.update,
    force: context.force,
    ...(flags.output ? { folder: flags.output } : {}),
  });
  const wallMs = performance.now() - start;
  bar.end();
  context.log.info({ samples: results.length, wallMs }, "evaluated");
  if (results.length === 0) {
    throw new ChipError(
      "E_DATASET",
      `no recording of ${flags.data} is as long as one slice (--slice ${flags.slice ?? ""}); make slices shorter.`,
    );
  }
  const summary = summarize(results, device, preset);
  return {
    json: {
      ...summary,
      mode: mode.mode,
      device: device.spec.name,
      model: { file: basename(modelFile), sha256 },
      data: job.data,
      classes: set.classes,
      wallMs,
      workers,
    },
    text: describe(summary, set.classes, wallMs, workers),
    warnings: [...set.warnings, ...repairsOf(results)],
  };
}

const MOST_REPAIRS = 20;

/** One line a recording that had to be repaired, of as many as one likes to read. */
function repairsOf(results: readonly SampleResult[]): readonly string[] {
  const repaired = results.filter(({ repairs }) => repairs !== undefined);
  const lines = repaired.slice(0, MOST_REPAIRS).map(({ id, repairs = [] }) => `${id}: ${repairs.join(" ")}`);
  const more = repaired.length - lines.length;
  return more > 0 ? [...lines, `${formatCount(more)} more recordings were repaired.`] : lines;
}

/** Refuses an empty set, and labels that the output has no feature for. */
function checked(samples: readonly EvaluateSample[], features: number): readonly EvaluateSample[] {
  const beyond = samples.find((sample) => sample.label >= features);
  if (beyond) {
    throw new ChipError(
      "E_DATASET",
      `sample ${beyond.id} has label ${beyond.label}, but the chip's output has ${features} features (0 to ${features - 1}); use the set that the network was trained for.`,
      { details: { sample: beyond.id, label: beyond.label, features } },
    );
  }
  if (samples.length === 0)
    throw new ChipError("E_DATASET", "no sample is left after --ids, --split and --limit; relax them.");
  return samples;
}

/** Worker threads see one copy of the chip instead of getting one with every task. */
function sharedCopy(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function describe(summary: EvaluationSummary, classes: readonly string[], wallMs: number, workers: number): string {
  const layers = formatTable(
    [
      { title: "layer" },
      ...["core", "events in", "SynOps", "updates", "spikes"].map((title) => ({ title, align: "right" as const })),
    ],
    summary.layers.map((layer) => [
      layer.name,
      layer.core,
      ...[layer.eventsIn, layer.taps, layer.neuronUpdates, layer.spikes].map((value) => formatCount(Math.round(value))),
    ]),
  );
  const { energyPerSample: energy, synOpsPerSample: synOps, firstCorrectUs: first } = summary;
  const spread = (p50: number, p95: number, unit: string): string =>
    `(median ${formatSi(p50, unit)}, 95 % below ${formatSi(p95, unit)})`;
  return [
    `${bold(`${(100 * summary.accuracy).toFixed(2)} %`)}: ${summary.correct} of ${summary.samples} right, ${summary.ties} ties, ${summary.silent} silent`,
    "",
    `${layers}\nmeans a sample`,
    "",
    formatFields([
      ["SynOps a sample", `${formatSi(synOps.mean, "")} ${spread(synOps.p50, synOps.p95, "")}`],
      ["energy a sample", `${formatSi(energy.mean, "J")} estimated ${spread(energy.p50, energy.p95, "J")}`],
      ["price", `preset ${energy.model}: ${formatSi(energy.perSynOpJ, "J")} a SynOp, evidence: ${energy.evidence}`],
      ["idling beside it", `${formatSi(energy.idleJ, "J")} a sample`],
      [
        "right for good after",
        first ? `${formatSi(first.mean * 1e-6, "s")} ${spread(first.p50 * 1e-6, first.p95 * 1e-6, "s")}` : "-",
      ],
      ["time taken", `${(wallMs / 1000).toFixed(1)} s with ${workers} ${workers === 1 ? "worker" : "workers"}`],
    ]),
    "",
    confusionText(summary, classes),
  ].join("\n");
}

function confusionText({ confusion }: EvaluationSummary, classes: readonly string[]): string {
  if (confusion.length > 20) return `${confusion.length} classes; the confusion matrix is in --json`;
  const name = (i: number): string =>
    classes.every((text) => /^\d+$/.test(text)) ? String(i) : (classes[i] ?? String(i));
  return formatTable(
    [{ title: "label \\ read as" }, ...confusion.map((_, i) => ({ title: name(i), align: "right" as const }))],
    confusion.map((row, i) => [name(i), ...row.map((count) => (count === 0 ? "." : count))]),
  );
}
