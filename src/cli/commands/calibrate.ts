import { basename } from "node:path";
import {
  type CalibratedPrice,
  type Calibration,
  calibrate as fitPrices,
  type PowerMeasurement,
} from "../../energy/calibrate.ts";
import { ChipError } from "../../errors.ts";
import { checkOutputFile, writeFileAtomic } from "../../formats/atomic-file.ts";
import { readInputFile } from "../../formats/input-file.ts";
import { formatSi } from "../../units.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { formatFields, formatTable } from "../table.ts";

export interface CalibrateFlags {
  readonly output?: string;
  readonly prices?: readonly CalibratedPrice[];
  readonly title?: string;
}

/** `calibrate samples.jsonl -o energy.json`: prices from measured power, as `--energy energy.json` takes them. */
export async function calibrate(
  files: readonly string[],
  flags: CalibrateFlags,
  context: CommandContext,
): Promise<CommandResult> {
  if (flags.output !== undefined) await checkOutputFile(flags.output, context);
  const measurements: PowerMeasurement[] = [];
  for (const file of files) measurements.push(...parse(await readInputFile(file), basename(file)));
  const result = fitPrices(measurements, flags.prices);
  if (flags.output !== undefined) {
    const title =
      flags.title ?? `fitted to ${result.samples} samples of ${files.map((file) => basename(file)).join(", ")}`;
    const preset = JSON.stringify(presetOf(result, title), null, 2);
    await writeFileAtomic(flags.output, new TextEncoder().encode(`${preset}\n`), { force: context.force });
  }
  return {
    json: { ...result, ...(flags.output === undefined ? {} : { output: flags.output }) },
    text: describe(result, flags.output),
    warnings: result.warnings,
  };
}

/** Lines as `monitor -o` writes them; those without power are passed over by the fit. */
function parse(bytes: Uint8Array, name: string): PowerMeasurement[] {
  const lines = new TextDecoder().decode(bytes).split("\n");
  return lines.flatMap((line, i): PowerMeasurement[] => {
    if (line.trim() === "") return [];
    const sample = json(line);
    const counts = (value: unknown): value is Record<string, number> =>
      typeof value === "object" && value !== null && Object.values(value).every((each) => Number.isFinite(each));
    const { intervalUs, counters, powerW = {} } = sample ?? {};
    if (typeof intervalUs === "number" && counts(counters) && counts(powerW)) return [{ intervalUs, counters, powerW }];
    throw new ChipError(
      "E_FORMAT",
      `${name}, line ${i + 1}: no sample; a line looks like {"intervalUs": 500000, "counters": {"taps": 1200, ...}, "powerW": {"RAM": 0.0009, ...}}, as monitor -o writes it.`,
      { details: { file: name, line: i + 1 } },
    );
  });
}

function json(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** Prices that came out as nothing are left out: nothing is known of them. */
function presetOf({ prices, samples }: Calibration, title: string): Record<string, unknown> {
  const priced = Object.entries(prices).filter(([, { joules }]) => joules > 0);
  return {
    title,
    ...Object.fromEntries(
      priced.map(([key, { joules, errorJ }]) => [
        key,
        {
          value: Number((joules * 1e12).toPrecision(6)),
          unit: "pJ",
          evidence: "measured",
          source: `least squares over ${samples} power samples, standard error ${formatSi(errorJ, "J")}`,
        },
      ]),
    ),
  };
}

function describe({ prices, rails, samples }: Calibration, output: string | undefined): string {
  const number = { align: "right" } as const;
  return [
    formatTable(
      [{ title: "price" }, { title: "each", ...number }, { title: "+/-", ...number }, { title: "most of it on" }],
      Object.entries(prices).map(([key, { joules, errorJ, byRail }]) => [
        key,
        formatSi(joules, "J"),
        formatSi(errorJ, "J"),
        joules > 0 ? Object.entries(byRail).reduce((a, b) => (b[1] > a[1] ? b : a))[0] : undefined,
      ]),
    ),
    "",
    formatTable(
      [
        { title: "rail" },
        { title: "idle", ...number },
        { title: "+/-", ...number },
        { title: "left over", ...number },
        { title: "explained", ...number },
      ],
      rails.map(({ rail, idleW, idleErrorW, residualW, explained }) => [
        rail,
        formatSi(idleW, "W"),
        formatSi(idleErrorW, "W"),
        formatSi(residualW, "W"),
        `${(100 * explained).toFixed(1)} %`,
      ]),
    ),
    "",
    formatFields([
      ["samples", samples],
      ...(output === undefined ? [] : [["written", `${output}; use it with --energy ${output}`] as const]),
    ]),
  ].join("\n");
}
