import type { SensorSize } from "../events/event-stream.ts";
import type { ByteSource } from "./byte-source.ts";
import { parseTextHeader, readTextHeader, type TextHeader } from "./text-header.ts";

/** What the lines at the front of a Prophesee file say (Metavision SDK documentation, "RAW File Format"). */
export interface PropheseeHeader {
  /** Keys in lower case. */
  readonly values: ReadonlyMap<string, string>;
  /** Such as `3.0`, of RAW files; undefined in DAT files. */
  readonly evt: string | undefined;
  readonly sensor: SensorSize | undefined;
  readonly dataOffset: number;
}

const isEnd = (line: string): boolean => /^%\s*end\s*$/i.test(line);

export async function readPropheseeHeader(source: ByteSource): Promise<PropheseeHeader> {
  return understand(await readTextHeader(source, "%", isEnd));
}

/** The same of the first bytes of a file; undefined when it does not begin like one. */
export function parsePropheseeHeader(head: Uint8Array): PropheseeHeader | undefined {
  const header = parseTextHeader(head, "%", isEnd);
  return header.lines.length > 0 ? understand(header) : undefined;
}

/** Sensors that older headers name by plug-in or by a number, with the resolutions of their data sheets. */
const SENSORS: readonly (readonly [name: RegExp, size: SensorSize])[] = [
  [/genx320/i, [320, 320]],
  [/gen4|gen_?41|imx636/i, [1280, 720]],
  [/gen3|gen_?31/i, [640, 480]],
];

function understand({ lines, dataOffset }: TextHeader): PropheseeHeader {
  const values = new Map<string, string>();
  for (const line of lines) {
    const match = /^%\s*(\S+)\s*(.*?)\s*$/.exec(line);
    if (match) values.set(match[1].toLowerCase(), match[2]);
  }
  const format = values.get("format") ?? "";
  const named = /^EVT(\d)(?:\.?(\d))?/i.exec(format);
  const evt = named ? `${named[1]}.${named[2] ?? "0"}` : /^(\d\.\d)/.exec(values.get("evt") ?? "")?.[1];
  return { values, evt, sensor: sensorOf(values, format), dataOffset };
}

function sensorOf(values: ReadonlyMap<string, string>, format: string): SensorSize | undefined {
  const geometry = /^(\d+)\s*x\s*(\d+)$/i.exec(values.get("geometry") ?? "");
  const width = geometry?.[1] ?? /width=(\d+)/i.exec(format)?.[1] ?? values.get("width");
  const height = geometry?.[2] ?? /height=(\d+)/i.exec(format)?.[1] ?? values.get("height");
  const stated: SensorSize = [Number(width), Number(height)];
  if (stated.every((size) => Number.isInteger(size) && size >= 1 && size <= 65536)) return stated;
  const name = ["plugin_name", "sensor_name", "sensor_generation"].map((key) => values.get(key) ?? "").join(" ");
  return SENSORS.find(([pattern]) => pattern.test(name))?.[1];
}

/** The lines of a new RAW file. */
export function writePropheseeHeader(evt: "2.0" | "3.0", [width, height]: SensorSize): Uint8Array {
  const lines = [
    `evt ${evt}`,
    `format EVT${evt[0]};height=${height};width=${width}`,
    `geometry ${width}x${height}`,
    "end",
  ];
  return new TextEncoder().encode(lines.map((line) => `% ${line}\n`).join(""));
}
