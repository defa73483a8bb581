import { faultyLink, parseFaults } from "../../../emulator/faults.ts";
import { VirtualBoard } from "../../../emulator/virtual-board.ts";
import { loadDevice } from "../../device/catalogue.ts";
import { ChipError } from "../../errors.ts";
import { openBoard } from "../../link/board-chip.ts";
import { createPipe } from "../../link/pipe.ts";
import { parsePortUrl } from "../../link/port-url.ts";
import type { ByteLink } from "../../wire/byte-link.ts";
import type { CommandContext, CommandResult } from "../context.ts";
import { loadChip } from "../load.ts";
import { EXIT, writeJson } from "../run-command.ts";

const DEFAULT_DEVICE = "speck2f";

export interface BoardFlags {
  readonly listen?: string;
  readonly stdio?: boolean;
  readonly device?: string;
  readonly chip?: string;
  readonly fault?: string;
  readonly pace: "free" | "realtime";
  readonly timing?: boolean;
  readonly strict?: boolean;
  readonly json?: boolean;
  readonly quiet?: boolean;
}

/** `board`: the virtual board, until Ctrl-C or, over standard input, its end. */
export async function board(flags: BoardFlags, context: CommandContext): Promise<CommandResult> {
  const places = [flags.listen, flags.stdio].filter((place) => place !== undefined);
  if (places.length !== 1) {
    throw new ChipError(
      "E_OPTION",
      "say where the board listens: --listen pty, --listen tcp://127.0.0.1:7333, or --stdio.",
    );
  }
  const faults = flags.fault === undefined ? undefined : parseFaults(flags.fault);
  const loaded = flags.chip === undefined ? undefined : await loadChip(flags.chip, flags.device);
  const device = loaded?.device ?? (await loadDevice(flags.device ?? DEFAULT_DEVICE));
  const say = (text: string): void => {
    if (flags.quiet !== true) process.stderr.write(`${text}\n`);
  };
  const virtual = new VirtualBoard({
    device,
    pace: flags.pace,
    seed: context.seed,
    onLog: say,
    ...(flags.timing ? { timing: true } : {}),
    ...(flags.strict ? { strict: true } : {}),
  });
  if (loaded) await configure(virtual, loaded.bytes);
  const serve = async (link: ByteLink): Promise<void> => {
    const line = faults ? faultyLink(link, faults, context.seed) : link;
    await virtual.serve(line, context.signal);
    const { framesReceived, framesSent, resent, discarded } = virtual.statistics;
    say(
      `line ${link.label} ended: ${framesReceived} frames in, ${framesSent} out, ${resent} sent again, ${discarded.bytes} bytes discarded`,
    );
  };
  const listening = (port: string): void => {
    const hint = `spikewright deploy chip.pb --port ${port}`;
    if (flags.json) writeJson({ ok: true, port, device: device.spec.name, deviceHash: device.hash });
    else process.stdout.write(`${device.spec.name} listens: ${port}\n`);
    say(`try: ${hint}; Ctrl-C ends it`);
  };
  if (flags.stdio) await serveStdio(serve);
  else if (flags.listen?.startsWith("pty")) await servePty(flags.listen, serve, listening, context.signal);
  else await serveTcp(flags.listen as string, serve, listening, context.signal);
  return { json: {}, text: "", written: true, exitCode: context.signal.aborted ? EXIT.interrupted : EXIT.done };
}

type Serve = (link: ByteLink) => Promise<void>;

async function serveStdio(serve: Serve): Promise<void> {
  const { openStdio } = await import("../../link/program-link.ts");
  await serve(openStdio());
}

/** One pseudo-terminal for all hosts, one after the other; a new one when it breaks (a fault that was asked for). */
async function servePty(
  listen: string,
  serve: Serve,
  listening: (port: string) => void,
  signal: AbortSignal,
): Promise<void> {
  const [, name] = /^pty(?::(.+))?$/.exec(listen) ?? [];
  if (name === undefined && listen !== "pty") throw unknownPlace(listen);
  const { openPty } = await import("../../link/pty.ts");
  for (let first = true; !signal.aborted; first = false) {
    const { path, link } = await openPty(name);
    if (first || name === undefined) listening(`serial:${path}`);
    await serve(link);
  }
}

async function serveTcp(
  listen: string,
  serve: Serve,
  listening: (port: string) => void,
  signal: AbortSignal,
): Promise<void> {
  if (!listen.includes(":")) throw unknownPlace(listen);
  const place = parsePortUrl(listen);
  if (place.kind !== "tcp") throw unknownPlace(listen);
  const { listenTcp, tcpLabel } = await import("../../link/tcp.ts");
  const lines = new Set<Promise<void>>();
  const failed = new AbortController();
  let failure: unknown;
  const server = await listenTcp(place.host, place.port, (link) => {
    const line = serve(link)
      .catch((error: unknown) => {
        failure ??= error;
        failed.abort();
      })
      .finally(() => lines.delete(line));
    lines.add(line);
  });
  listening(tcpLabel(server.host, server.port));
  await aborted(AbortSignal.any([signal, failed.signal]));
  await server.close();
  await Promise.all(lines);
  if (failure !== undefined) throw failure;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve());
  });
}

/** A board that comes with a configuration in its memory: sent through its own front door. */
async function configure(virtual: VirtualBoard, chipPb: Uint8Array): Promise<void> {
  const [host, end] = createPipe("--chip");
  const serving = virtual.serve(end);
  const chip = await openBoard(host);
  await chip.upload(chipPb);
  await chip[Symbol.asyncDispose]();
  await serving;
}

function unknownPlace(listen: string): ChipError {
  return new ChipError(
    "E_OPTION",
    `--listen ${listen} is no place to listen; give pty, pty:PATH for a name of your own, or tcp://127.0.0.1:7333 (port 0: any free one).`,
  );
}
