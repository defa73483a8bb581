import { join } from "node:path";
import { ChipError } from "../../errors.ts";
import { recordScene } from "../../events/simulate/camera.ts";
import { type GrayImage, imageFromBytes } from "../../events/simulate/image.ts";
import { type Path, saccadePath, slowPath } from "../../events/simulate/paths.ts";
import { movingImage } from "../../events/simulate/scenes.ts";
import { checkOutputFile, makeFolder, writeFileAtomic } from "../../formats/atomic-file.ts";
import { checkWritten, endingOfFormat, writeEventFile } from "../../formats/event-files.ts";
import { type ImageSet, openImageSet } from "../../formats/image-set.ts";
import { Random } from "../../random.ts";
import { formatCount, parseDurationUs } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import type { SimulateFlags } from "../simulate-command.ts";
import { bold } from "../table.ts";

/** Thresholds and movement fitted to real recordings: N-MNIST 1..30, and digit 0 of MNIST-DVS at scale 4, 0001..0591. */
const THRESHOLDS = { saccades: 0.19, slow: 0.28 } as const;
const SACCADE_MOVE_US = 98_000;
/** As fitted to N-MNIST and MNIST-DVS (src/events/simulate/README.md). */
const NOISE_HZ = { saccades: 0.5, slow: 0.05 } as const;
/** As in N-MNIST and MNIST-DVS. */
const DURATIONS_US = { saccades: 300_000, slow: 2_300_000 } as const;

/** `events simulate --images SET -o DIR`. A recording depends on the seed and its image's number only. */
export async function eventsSimulate(flags: SimulateFlags, context: CommandContext): Promise<CommandResult> {
  checkWritten(flags.as);
  const set = await openImageSet(flags.images, flags.split ? { split: flags.split } : {});
  const count = Math.min(flags.limit ?? set.count, set.count);
  const durationUs = flags.duration === undefined ? DURATIONS_US[flags.path] : wholeUs(flags.duration, "--duration");
  const threshold = flags.threshold ?? THRESHOLDS[flags.path];
  const camera = {
    thresholdOn: threshold,
    thresholdOff: threshold,
    thresholdMismatch: flags.mismatch,
    refractoryUs: wholeUs(flags.refractory, "--refractory"),
    noiseRateHz: flags.noise ?? NOISE_HZ[flags.path],
    hotPixels: Math.round(flags.hotPixels),
    timeResolutionUs: wholeUs(flags.resolution, "--resolution"),
  };
  if (camera.hotPixels > flags.sensor[0] * flags.sensor[1]) {
    throw new ChipError("E_OPTION", `--hot-pixels ${camera.hotPixels} is more than the sensor has; choose fewer.`);
  }
  const labels = join(flags.output, "labels.csv");
  await makeFolder(flags.output);
  await checkOutputFile(labels, { force: context.force });
  const rows = ["file,label"];
  const bar = context.progress("simulate");
  let events = 0;
  for (let i = 0; i < count; i++) {
    if (context.signal.aborted) throw context.signal.reason;
    const random = new Random(context.seed, i);
    const path: Path =
      flags.path === "slow"
        ? slowPath({ phase: [random.float(), random.float()] })
        : saccadePath({ moveUs: SACCADE_MOVE_US });
    const scene = movingImage(greyOf(set, i), path, { sensor: flags.sensor, scale: flags.scale });
    const recording = recordScene(scene, { durationUs, seed: random.uint32(), camera });
    const file = `${String(i).padStart(5, "0")}${endingOfFormat(flags.as)}`;
    await writeEventFile(join(flags.output, file), recording, { format: flags.as, force: context.force });
    rows.push(`${file},${csvCell(set.classes[set.label(i)])}`);
    events += recording.t.length;
    bar.update(i + 1, count);
  }
  bar.end();
  // Last, so that a folder with labels.csv is a whole set.
  await writeFileAtomic(labels, `${rows.join("\n")}\n`, { force: context.force });
  return {
    json: {
      recordings: count,
      events,
      output: flags.output,
      labels,
      classes: set.classes,
      durationUs,
      camera,
      seed: context.seed,
    },
    text: `${bold(flags.output)}: ${formatCount(count)} recordings of ${durationUs / 1000} ms, ${formatCount(Math.round(events / Math.max(1, count)))} events each on average`,
  };
}

function wholeUs(text: string, option: string): number {
  return Math.max(1, Math.round(parseDurationUs(text, option)));
}

/** Colours by their weight in brightness (ITU-R BT.601). */
function greyOf(set: ImageSet, index: number): GrayImage {
  const [features, height, width] = set.shape;
  const image = set.image(index);
  if (features === 1) return imageFromBytes(Uint8Array.from(image), width, height);
  const pixels = height * width;
  const grey = new Uint8Array(pixels);
  for (let i = 0; i < pixels; i++)
    grey[i] = 0.299 * image[i] + 0.587 * image[pixels + i] + 0.114 * image[2 * pixels + i];
  return imageFromBytes(grey, width, height);
}

function csvCell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
