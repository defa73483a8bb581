import type { ByteLink } from "../wire/byte-link.ts";
import type { PortUrl } from "./port-url.ts";

/** A port at the other end of a line. */
export type LinePort = Extract<PortUrl, { kind: "serial" | "tcp" | "exec" }>;

export function isLinePort(port: PortUrl): port is LinePort {
  return port.kind === "serial" || port.kind === "tcp" || port.kind === "exec";
}

/**
 * Opens the line to a board.
 *
 * @throws ChipError E_LINK, E_MISSING_PACKAGE: one line that says what to do
 */
export async function openLine(port: LinePort, signal?: AbortSignal): Promise<ByteLink> {
  // Each kind is loaded when it is asked for: the native package of serial ports stays away from all others.
  switch (port.kind) {
    case "serial":
      return (await import("./serial.ts")).openSerial(port.path, { baud: port.baud });
    case "tcp":
      return (await import("./tcp.ts")).connectTcp(port.host, port.port, signal);
    case "exec":
      return (await import("./program-link.ts")).openProgram(port.command);
  }
}
