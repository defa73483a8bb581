import { ChipError } from "../errors.ts";
import { isLinePort } from "../link/open.ts";
import { formatPortUrl, type PortUrl, parsePortUrl } from "../link/port-url.ts";
import { deployTo, type OpenPort, openPort } from "../testing/open-port.ts";
import { formatBytes } from "../units.ts";
import type { CommandContext } from "./context.ts";
import { deployedPath, hasDeployed, rememberDeployed } from "./deployed.ts";
import { type LoadedChip, loadChip } from "./load.ts";

/** Which chip a command works on. */
export interface PortFlags {
  readonly port?: string;
  /** The configuration that it runs or gets. */
  readonly chip?: string;
  readonly device?: string;
}

/** A chip behind a port with the configuration that it runs. */
export interface ConfiguredPort extends AsyncDisposable {
  readonly open: OpenPort;
  readonly loaded: LoadedChip;
  /** The configuration had to be sent for this command. */
  readonly deployed: boolean;
}

/**
 * `--port`, or what SPIKEWRIGHT_PORT names.
 *
 * @throws ChipError E_OPTION without either, or for one that is not understood
 */
export function portOf(text: string | undefined): PortUrl {
  const given = text ?? process.env.SPIKEWRIGHT_PORT;
  if (given !== undefined && given !== "") return parsePortUrl(given);
  throw new ChipError(
    "E_OPTION",
    "no port is given: --port URL, or the environment variable SPIKEWRIGHT_PORT; `spikewright ports` lists what is there.",
  );
}

/**
 * Opens a chip and makes sure that the configuration is known and in use: that of `--chip`, sent unless it runs already;
 * without it, what the board says it runs, from the copies of earlier deployments.
 */
export async function openConfigured(flags: PortFlags, context: CommandContext): Promise<ConfiguredPort> {
  const port = portOf(flags.port);
  const given = flags.chip === undefined ? undefined : await loadChip(flags.chip, flags.device);
  if (given === undefined && !isLinePort(port)) {
    throw new ChipError("E_OPTION", `${formatPortUrl(port)} starts without a configuration; give it with --chip FILE.`);
  }
  const open = await openPort(port, given?.device, context.signal);
  try {
    const loaded = given ?? (await configurationOf(open, flags.device));
    const deployed = await deploy(open, loaded, context);
    return { open, loaded, deployed, [Symbol.asyncDispose]: () => open[Symbol.asyncDispose]() };
  } catch (error) {
    await open[Symbol.asyncDispose]();
    throw error;
  }
}

/** Sends a configuration with a progress bar, unless it runs already, and keeps a copy of it. */
export async function deploy(open: OpenPort, loaded: LoadedChip, context: CommandContext): Promise<boolean> {
  const { bytes, config } = loaded;
  const bar = context.progress(`deploy ${formatBytes(bytes.length)}`);
  try {
    const sent = await deployTo(open, config, bytes, { onProgress: bar.update, signal: context.signal });
    if (sent && isLinePort(open.port)) await rememberDeployed(bytes, context);
    return sent;
  } finally {
    bar.end();
  }
}

/** What a board runs, from the copies of what was deployed from here. */
export async function configurationOf({ label, board }: OpenPort, device: string | undefined): Promise<LoadedChip> {
  const crc = board?.identity.configCrc32 ?? null;
  if (crc === null) {
    throw new ChipError(
      "E_CONFIG",
      `the board at ${label} has no configuration yet; send one: spikewright deploy chip.pb --port ${label}.`,
    );
  }
  if (await hasDeployed(crc)) return loadChip(deployedPath(crc), device);
  throw new ChipError(
    "E_CONFIG",
    `the board at ${label} runs a configuration (CRC-32 ${crc.toString(16).padStart(8, "0")}) that was not deployed from here; give the file with --chip FILE.`,
    { details: { configCrc32: crc } },
  );
}
