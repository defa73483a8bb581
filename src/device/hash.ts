import { createHash } from "node:crypto";
import type { DeviceSpec } from "./types.ts";

/** JSON with the keys of every object sorted and no white space: equal data give equal text. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, child]) => child !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, child]) => `${JSON.stringify(key)}:${canonicalJson(child)}`).join(",")}}`;
}

/** SHA-256 of the canonical JSON, hex. White space and the order of fields in the file do not change it. */
export function deviceHash(spec: DeviceSpec): string {
  return createHash("sha256").update(canonicalJson(spec)).digest("hex");
}
