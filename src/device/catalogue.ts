import { readdir, readFile } from "node:fs/promises";
import { ChipError, messageOf, oneLine } from "../errors.ts";
import { expandBoard } from "./board.ts";
import { deviceProblems } from "./consistency.ts";
import { deviceHash } from "./hash.ts";
import { nearest } from "./nearest.ts";
import type { Device, DeviceSpec } from "./types.ts";

// The build copies devices/ beside the compiled sources, so that the same relative path works in both places.
const BUILT_IN = new URL("../../devices/", import.meta.url);

/** More problems than this say nothing new on one line; `details.problems` has all. */
const SHOWN_PROBLEMS = 10;

/** The devices that come with the package, boards with all their cores: silicon first, then by name. */
export async function listDevices(): Promise<DeviceSpec[]> {
  return (await builtInFiles()).map(expandBoard);
}

async function builtInFiles(): Promise<DeviceSpec[]> {
  const files = (await readdir(BUILT_IN)).filter((file) => file.endsWith(".json") && !file.endsWith(".schema.json"));
  const specs = await Promise.all(files.map(readBuiltIn));
  return specs.sort((a, b) => Number(b.silicon) - Number(a.silicon) || (a.name < b.name ? -1 : 1));
}

/**
 * A device by name (`speck2f`), by alias (`speck2fdevkit`) or from a file of the user's own (anything that contains a
 * slash or ends in `.json`). Upper and lower case are the same.
 *
 * @throws ChipError E_DEVICE_UNKNOWN with the known names and the nearest of them.
 * @throws ChipError E_DEVICE_FILE with every problem of a user's file; E_FILE_NOT_FOUND, E_FILE_ACCESS.
 */
export async function loadDevice(nameOrPath: string): Promise<Device> {
  const spec = looksLikePath(nameOrPath) ? await readDeviceFile(nameOrPath) : await findBuiltIn(nameOrPath);
  return { spec: expandBoard(spec), hash: deviceHash(spec) };
}

function looksLikePath(text: string): boolean {
  return /[/\\]/.test(text) || text.toLowerCase().endsWith(".json");
}

async function readBuiltIn(file: string): Promise<DeviceSpec> {
  const { $schema: _, ...spec } = JSON.parse(await readFile(new URL(file, BUILT_IN), "utf8"));
  return spec as DeviceSpec;
}

async function findBuiltIn(name: string): Promise<DeviceSpec> {
  const devices = await builtInFiles();
  const wanted = name.trim().toLowerCase();
  const found = devices.find((spec) => spec.name === wanted || spec.aliases.includes(wanted));
  if (found) return found;

  const known = devices.map((spec) => spec.name);
  const suggestion = nearest(
    wanted,
    devices.flatMap((spec) => [spec.name, ...spec.aliases]),
  );
  const guess = suggestion === undefined ? "" : ` Did you mean ${suggestion}?`;
  throw new ChipError(
    "E_DEVICE_UNKNOWN",
    `There is no device "${name}".${guess} Known are ${known.join(", ")}; or give the path of a device file.`,
    { details: { device: name, known, ...(suggestion === undefined ? {} : { suggestion }) } },
  );
}

async function readDeviceFile(path: string): Promise<DeviceSpec> {
  const refuse = (problems: readonly string[]): never => {
    const shown = problems.slice(0, SHOWN_PROBLEMS);
    if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
    throw new ChipError("E_DEVICE_FILE", `Device file ${path}: ${oneLine(shown)}.`, { details: { path, problems } });
  };

  const data = await readJson(path, (reason) => refuse([`is not JSON: ${reason}`]));
  const { parseDeviceSpec } = await import("./schema.ts");
  const parsed = parseDeviceSpec(data);
  if ("problems" in parsed) return refuse(parsed.problems);
  const problems = deviceProblems(parsed.spec);
  return problems.length > 0 ? refuse(problems) : parsed.spec;
}

async function readJson(path: string, notJson: (reason: string) => never): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT") {
      throw new ChipError("E_FILE_NOT_FOUND", `Device file ${path} does not exist.`, { details: { path }, cause });
    }
    throw new ChipError("E_FILE_ACCESS", `Device file ${path} cannot be read: ${messageOf(cause)}.`, {
      details: { path },
      cause,
    });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    return notJson(messageOf(cause));
  }
}
