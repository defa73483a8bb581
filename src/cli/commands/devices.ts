import { listDevices, loadDevice } from "../../device/catalogue.ts";
import type { Device, DeviceSpec } from "../../device/types.ts";
import { formatCount, formatSi, type Sourced } from "../../units.ts";
import type { CommandResult } from "../context.ts";
import { bold, formatFields, formatTable } from "../table.ts";

/** `devices [NAME]`. */
export async function devices(name: string | undefined): Promise<CommandResult> {
  if (name !== undefined) {
    const device = await loadDevice(name);
    return { json: { device: { ...device.spec, hash: device.hash } }, text: describe(device) };
  }
  const all = await listDevices();
  const text = formatTable(
    [
      { title: "device" },
      { title: "what" },
      { title: "cores", align: "right" },
      { title: "kernel words", align: "right" },
      { title: "neuron words", align: "right" },
      { title: "input", align: "right" },
      { title: "also called" },
    ],
    all.map((spec) => [
      spec.name,
      spec.silicon ? spec.title : `${spec.title} (a file, no silicon)`,
      spec.cores.length,
      formatCount(total(spec, "kernelWords")),
      formatCount(total(spec, "neuronWords")),
      `${spec.limits.inputSize.value}x${spec.limits.inputSize.value}`,
      spec.aliases.join(" ") || "-",
    ]),
  );
  const json = all.map((spec) => ({
    name: spec.name,
    title: spec.title,
    aliases: spec.aliases,
    silicon: spec.silicon,
    cores: spec.cores.length,
    kernelWords: total(spec, "kernelWords"),
    neuronWords: total(spec, "neuronWords"),
  }));
  return { json: { devices: json }, text };
}

function total(spec: DeviceSpec, memory: "kernelWords" | "neuronWords"): number {
  return spec.cores.reduce((sum, core) => sum + core[memory].value, 0);
}

function describe({ spec, hash }: Device): string {
  const cores = formatTable(
    [
      { title: "core", align: "right" },
      { title: "kernel words", align: "right" },
      { title: "neuron words", align: "right" },
      { title: "leak words", align: "right" },
      { title: "units", align: "right" },
      { title: "evidence (words, units)" },
    ],
    spec.cores.map((core) => [
      core.id,
      formatCount(core.kernelWords.value),
      formatCount(core.neuronWords.value),
      formatCount(core.leakWords.value),
      core.units.value,
      `${core.kernelWords.evidence}, ${core.units.evidence}`,
    ]),
  );
  const errata =
    spec.errata.length > 0
      ? `\n\n${bold("errata")}\n${spec.errata.map((e) => `${e.id}: ${e.title} (${e.evidence})`).join("\n")}`
      : "";
  const presets = Object.entries(spec.energy.presets).map(
    ([name, preset]) =>
      `\n\n${bold(`energy preset ${name}`)}${name === spec.energy.defaultPreset ? " (default)" : ""}: ${preset.title}\n${numbers(preset)}`,
  );
  return [
    `${bold(spec.name)}: ${spec.title}`,
    spec.description,
    formatFields([
      ["also called", spec.aliases.join(", ") || "-"],
      ["hash", hash],
    ]),
    `\n${cores}`,
    `\n${bold("limits")}\n${numbers(spec.limits)}`,
    `\n${bold("arithmetic")}\n${numbers(spec.numeric)}`,
    `\n${bold("blocks")}\n${numbers(spec.blocks)}`,
    `\n${bold("timing")} (the chip has no clock: declared handshake-stage times)\n${numbers(spec.timing)}${errata}`,
    `\n${bold("rails, idle")}\n${numbers(Object.fromEntries(spec.energy.rails.map((rail) => [rail.name, rail.idle])))}${presets.join("")}`,
    `\n${bold("sources")}\n${Object.entries(spec.sources)
      .map(([key, text]) => `${key}: ${text}`)
      .join("\n")}`,
  ].join("\n");
}

/** Every sourced entry of a record as a row: name, value with unit, evidence, source. */
function numbers(record: object): string {
  const rows = Object.entries(record)
    .filter(([, entry]) => typeof entry === "object" && entry !== null && "evidence" in entry)
    .map(([name, entry]) => [
      name,
      valueText(entry as Sourced),
      (entry as Sourced).evidence,
      (entry as Sourced).source,
    ]);
  return formatTable([{ title: "name" }, { title: "value" }, { title: "evidence" }, { title: "source" }], rows);
}

function valueText(entry: { readonly value: unknown; readonly unit?: string }): string {
  const { value, unit } = entry;
  if (typeof value !== "number") return Array.isArray(value) ? value.join(", ") : String(value);
  if (unit === "ps") return formatSi(value * 1e-12, "s");
  if (unit !== undefined && /^(J|W|s|V|Hz)$/.test(unit)) return formatSi(value, unit);
  return unit ? `${formatCount(value)} ${unit}` : formatCount(value);
}
