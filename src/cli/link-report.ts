import type { BoardChip, BoardIdentity } from "../link/board-chip.ts";
import { formatBytes, formatCount, formatSi } from "../units.ts";

type Statistics = BoardChip["statistics"];

/** What a board says of itself, as JSON. */
export function boardJson(identity: BoardIdentity): Record<string, unknown> {
  return { ...identity, capabilities: [...identity.capabilities] };
}

/** Firmware, version, and the serial number where the board has one. */
export function boardName({ firmware, version, serial }: BoardIdentity): string {
  return `${firmware} ${version}${serial === "" ? "" : `, ${serial}`}`;
}

/** What a board says of itself, on one line. */
export function boardText(identity: BoardIdentity): string {
  return `${boardName(identity)}, carries ${identity.device.name}`;
}

/** The line's figures for people; repairs only when there were any. */
export function linkText(statistics: Statistics): string {
  const { bytesSent, bytesReceived, resent, roundTripUs, discarded, reconnects } = statistics;
  return [
    `${formatBytes(bytesSent)} down, ${formatBytes(bytesReceived)} up`,
    ...(roundTripUs === null ? [] : [`round trip ${formatSi(roundTripUs / 1e6, "s")}`]),
    ...(resent > 0 ? [`${formatCount(resent)} frames sent again`] : []),
    ...(discarded.bytes > 0 ? [`${formatCount(discarded.bytes)} bytes discarded`] : []),
    ...(reconnects > 0 ? [`opened again ${reconnects} times`] : []),
  ].join(", ");
}
