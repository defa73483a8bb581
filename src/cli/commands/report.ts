import { stat } from "node:fs/promises";
import { basename, join } from "node:path";
import type { ChipConfig } from "../../chip/config.ts";
import type { Device } from "../../device/types.ts";
import { ChipError } from "../../errors.ts";
import { writeFileAtomic } from "../../formats/atomic-file.ts";
import { readInputFile } from "../../formats/input-file.ts";
import { floorplanSvg } from "../../report/floorplan.ts";
import { htmlPage } from "../../report/html.ts";
import type { Floorplan, FloorplanLayer, MemoryUse, Page, PageSection } from "../../report/types.ts";
import { formatCount, formatSi } from "../../units.ts";
import { type ChipLoad, estimatedLoad, type LoadFigures, loadFromJson, loadFromSamples } from "../chip-load.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { floorplanOf } from "../floorplan-of.ts";
import { type LoadedChip, loadChip } from "../load.ts";
import type { ReportFlags } from "../map-commands.ts";

/** `report FILE|DIR -o report.html`. */
export async function report(path: string, flags: ReportFlags, context: CommandContext): Promise<CommandResult> {
  const folder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const chip = await loadChip(folder ? await chipIn(path) : path, flags.device);
  const load = await loadOf(chip.config, folder ? path : undefined, flags.load);
  const page = chipPage(chip, load);
  await writeFileAtomic(flags.output, new TextEncoder().encode(page), { force: context.force });
  return {
    json: {
      report: flags.output,
      bytes: page.length,
      device: chip.device.spec.name,
      load: load.title,
      figures: load.figures,
    },
    text: `${flags.output}: ${formatCount(page.length)} bytes, ${chip.config.cores.length} cores, load: ${load.title}`,
  };
}

/**
 * The page of a chip under a load: floorplan, memory use, routes; self-contained HTML.
 *
 * @param first sections that come before all others
 */
export function chipPage(chip: LoadedChip, load: ChipLoad, first: readonly PageSection[] = []): string {
  const page = pageOf(chip, floorplanOf(chip.config, chip.device.spec, load), load);
  return htmlPage({ ...page, sections: [...first, ...page.sections] });
}

/** @throws ChipError E_FILE_NOT_FOUND with what to do about a folder of a training, or of an evaluation */
async function chipIn(folder: string): Promise<string> {
  const holds = async (name: string): Promise<boolean> => (await stat(join(folder, name)).catch(() => null)) !== null;
  const chip = join(folder, "chip.pb");
  if (await holds("chip.pb")) return chip;
  const network = join(folder, "net.nir");
  const remedy = (await holds("net.nir"))
    ? `a page is drawn of a placed network: spikewright map ${network} -o ${chip}`
    : (await holds("samples.jsonl"))
      ? `give the chip.pb that was evaluated, and the folder as its load: --load ${folder}`
      : "give a chip.pb, or a folder that holds one";
  throw new ChipError("E_FILE_NOT_FOUND", `${folder} holds no chip.pb; ${remedy}.`, { details: { path: chip } });
}

/** What was measured, else an estimate. */
async function loadOf(config: ChipConfig, folder: string | undefined, file: string | undefined): Promise<ChipLoad> {
  if (file !== undefined) {
    const results = (await stat(file).catch(() => undefined))?.isDirectory() === true;
    const path = results ? join(file, "samples.jsonl") : file;
    const bytes = await readInputFile(path);
    if (!path.endsWith(".jsonl")) return loadFromJson(bytes, basename(path), config);
    const load = loadFromSamples(bytes, config);
    if (load.figures.samples !== undefined) return load;
    throw new ChipError("E_FORMAT", `${path} holds no finished sample; give the folder of an evaluate -o.`);
  }
  if (folder === undefined) return estimatedLoad(config);
  const samples = await readInputFile(join(folder, "samples.jsonl")).catch((error: unknown) => {
    if (error instanceof ChipError && error.code === "E_FILE_NOT_FOUND") return undefined;
    throw error;
  });
  return samples ? loadFromSamples(samples, config) : estimatedLoad(config);
}

function pageOf({ config, device, sha256, bytes }: LoadedChip, plan: Floorplan, load: ChipLoad): Page {
  const { provenance } = config;
  return {
    title: `${provenance.network || "Configuration"} on ${device.spec.title}`,
    subtitle: `chip.pb of ${formatCount(bytes.length)} bytes, sha256 ${sha256}`,
    sections: [
      { title: "At a glance", figures: glance(config, device, plan, load.figures) },
      { title: "Floorplan", svg: floorplanSvg(plan) },
      { title: "Layers", table: layerTable(plan) },
      ...(provenance.warnings.length > 0 ? [{ title: "Warnings", text: provenance.warnings }] : []),
      {
        title: "Where it comes from",
        text: [
          `${provenance.tool}; quantize rule ${provenance.quantizeRule || "-"}; seed ${provenance.seed}; device file ${device.hash.slice(0, 16)}.`,
          `Network ${provenance.network || "-"}, sha256 ${provenance.networkSha256 || "-"}.`,
          `Load: ${load.title}.`,
        ],
      },
    ],
  };
}

function glance(
  config: ChipConfig,
  device: Device,
  { layers }: Floorplan,
  figures: LoadFigures,
): readonly (readonly [string, string])[] {
  const { provenance } = config;
  const used = (memory: "kernelWords" | "neuronWords"): string => {
    const need = layers.reduce((sum, layer) => sum + layer[memory].need, 0);
    const have = device.spec.cores.reduce((sum, core) => sum + core[memory].value, 0);
    return `${formatCount(need)} (${((100 * need) / have).toFixed(1)} %)`;
  };
  const { samples, accuracy, synOps } = figures;
  return [
    ["cores", `${layers.length} of ${device.spec.cores.length}`],
    ["placed for", `${provenance.objective || "-"}${provenance.optimal ? ", proven best" : ""}`],
    ["kernel words", used("kernelWords")],
    ["neuron words", used("neuronWords")],
    ["leak words", formatCount(layers.reduce((sum, layer) => sum + layer.leakWords.need, 0))],
    ...(synOps === undefined ? [] : [["SynOps", formatSi(synOps, "")] as const]),
    ...(samples === undefined ? [] : [["samples", formatCount(samples)] as const]),
    ...(accuracy === undefined ? [] : [["accuracy", `${(100 * accuracy).toFixed(2)} %`] as const]),
  ];
}

function layerTable({ layers }: Floorplan): NonNullable<Page["sections"][number]["table"]> {
  const use = ({ need, have }: MemoryUse): string => (have === 0 ? "-" : `${formatCount(need)} / ${formatCount(have)}`);
  const total = layers.reduce((sum, { load }) => sum + load, 0) || 1;
  const row = (layer: FloorplanLayer): (string | number)[] => [
    layer.name,
    layer.core,
    layer.output,
    layer.kernel,
    use(layer.kernelWords),
    use(layer.neuronWords),
    use(layer.leakWords),
    `${((100 * layer.load) / total).toFixed(1)} %`,
  ];
  return {
    head: ["layer", "core", "output", "kernel", "kernel words", "neuron words", "leak words", "load"],
    rows: layers.map(row),
    numbers: [1, 4, 5, 6, 7],
  };
}
