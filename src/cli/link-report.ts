import type { BoardChip, BoardIdentity } from "../link/board-chip.ts";
import { formatBytes, formatCount, formatSi } from "../units.ts";

type Statistics = BoardChip["statistics"];

/** What a board says of itself, as JSON. */
export function boardJson(identity: BoardIdentity): Record<string, unknown> {
  return { ...identity, capabilities: [...identity.capabilities] };
}

/** The same on one line. */
export function boardText({ firmware, version, serial, device }: BoardIdentity): string {
  return `${firmware} ${version}, ${serial}, carries ${device.name}`;
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
