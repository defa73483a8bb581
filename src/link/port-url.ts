import { ChipError } from "../errors.ts";
import { DEFAULT_BAUD } from "./serial.ts";

/** Where a chip is. */
export type PortUrl =
  | { readonly kind: "serial"; readonly path: string; readonly baud: number }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  /** A program that speaks the link over its standard input and output. */
  | { readonly kind: "exec"; readonly command: string }
  /** The emulator in process. */
  | { readonly kind: "emulator" }
  /** The virtual board in process: the emulator through the wire. */
  | { readonly kind: "virtual" };

const FORMS = "serial:/dev/ttyACM0?baud=921600, tcp://host:port, exec:COMMAND, emulator: or virtual:";

/**
 * Reads a port URL: `serial:/dev/ttyACM0?baud=921600`, `serial:COM3`, `tcp://host:port`, `exec:COMMAND`, `emulator:`, `virtual:`.
 *
 * @throws ChipError E_OPTION that says what is wrong and how it is meant
 */
export function parsePortUrl(text: string): PortUrl {
  const match = /^([a-z]+):(.*)$/is.exec(text.trim());
  // COM3:, a plain path and "emulator" are what people type who know other programs.
  if (match === null || (match[1] as string).length === 1) return withoutScheme(text.trim());
  const [, scheme, rest] = match as unknown as [string, string, string];
  switch (scheme.toLowerCase()) {
    case "serial":
      return serial(text, rest.replace(/^\/\/(?=\/)/, ""));
    case "tcp":
      return tcp(text, rest.replace(/^\/\//, ""));
    case "exec":
      if (rest.trim() === "") throw refusal(text, "names no program", "exec:./firmware");
      return { kind: "exec", command: rest.trim() };
    case "emulator":
    case "virtual":
      if (rest !== "") throw refusal(text, `has something behind ${scheme}:`, `${scheme.toLowerCase()}:`);
      return { kind: scheme.toLowerCase() as "emulator" | "virtual" };
    default:
      throw new ChipError("E_OPTION", `port "${text}": there are no ports of the kind "${scheme}:"; give ${FORMS}.`);
  }
}

/** The same as text, in its shortest form. */
export function formatPortUrl(url: PortUrl): string {
  switch (url.kind) {
    case "serial":
      return `serial:${url.path}${url.baud === DEFAULT_BAUD ? "" : `?baud=${url.baud}`}`;
    case "tcp":
      return `tcp://${url.host.includes(":") ? `[${url.host}]` : url.host}:${url.port}`;
    case "exec":
      return `exec:${url.command}`;
    default:
      return `${url.kind}:`;
  }
}

function withoutScheme(text: string): PortUrl {
  if (text === "emulator" || text === "virtual") return { kind: text };
  const meant = /^(\/dev\/|COM\d)/i.test(text)
    ? `serial:${text}`
    : /^[\w.-]+$/.test(text)
      ? `tcp://${text}:7333`
      : undefined;
  const guess = meant === undefined ? "" : ` did you mean ${meant}?`;
  throw new ChipError("E_OPTION", `port "${text}" does not say of what kind it is;${guess} Give ${FORMS}.`);
}

function serial(text: string, rest: string): PortUrl {
  const [path = "", query = "", ...more] = rest.split("?");
  if (path === "") throw refusal(text, "names no device", "serial:/dev/ttyACM0 (see `spikewright ports`)");
  if (more.length > 0) throw refusal(text, "has two question marks", `serial:${path}?baud=115200`);
  let baud = DEFAULT_BAUD;
  for (const [name, value] of new URLSearchParams(query)) {
    if (name !== "baud") throw refusal(text, `has an unknown setting "${name}"`, `serial:${path}?baud=115200`);
    baud = Number(value);
    if (!/^\d+$/.test(value) || baud < 50 || baud > 20_000_000)
      throw refusal(text, `has the baud rate "${value}"`, `serial:${path}?baud=115200`);
  }
  return { kind: "serial", path, baud };
}

function tcp(text: string, rest: string): PortUrl {
  const match = /^(\[[0-9a-f:.]+\]|[^\s/:[\]]+):(\d+)\/?$/i.exec(rest);
  const port = Number(match?.[2]);
  if (match === null || port > 65_535) throw refusal(text, "is no host with a port number", "tcp://192.168.1.7:7333");
  return { kind: "tcp", host: (match[1] as string).replace(/^\[|\]$/g, ""), port };
}

function refusal(text: string, wrong: string, right: string): ChipError {
  return new ChipError("E_OPTION", `port "${text}" ${wrong}; give it as in ${right}.`);
}
