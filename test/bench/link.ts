import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { VirtualBoard } from "../../emulator/virtual-board.ts";
import type { ChipConfig } from "../../src/chip/config.ts";
import type { Device } from "../../src/device/types.ts";
import { createEventStream, type EventStream } from "../../src/events/event-stream.ts";
import { type BoardChip, openBoard } from "../../src/link/board-chip.ts";
import { type LinePort, openLine } from "../../src/link/open.ts";
import { createPipe } from "../../src/link/pipe.ts";
import { parsePortUrl } from "../../src/link/port-url.ts";
import { openPty } from "../../src/link/pty.ts";
import { openSerial } from "../../src/link/serial.ts";
import { connectTcp, listenTcp } from "../../src/link/tcp.ts";
import { Random } from "../../src/random.ts";
import type { ByteLink } from "../../src/wire/byte-link.ts";
import { packEvents } from "../../src/wire/event-batch.ts";
import { median } from "./measure.ts";

/** Something that must stay below a limit. */
export interface Size {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly below: number;
}

const EVENTS = 400_000;
/** Spikes of one input event where the way up is measured. */
const SPIKES = 8;
const ROUNDS = 7;
const ROUND_TRIPS = 300;
/** 500,000 events a second, promised for two processor cores. */
const US_AN_EVENT = 2;

/** Time an event and a request over TCP and a pseudo-terminal, and bytes a payload. */
export async function benchLink(device: Device): Promise<Size[]> {
  const hasSocat = spawnSync("socat", ["-V"], { stdio: "ignore" }).status === 0;
  if (!hasSocat) process.stderr.write("no socat: the link over a pseudo-terminal is left out\n");
  const kinds = hasSocat ? (["TCP", "pty"] as const) : (["TCP"] as const);
  const sizes: Size[] = [await overhead(device)];
  for (const kind of kinds) sizes.push(...(await throughput(kind, device)));
  for (const kind of kinds) sizes.push(await roundTrip(kind, device));
  return sizes;
}

/** A core of one input feature whose every event makes `spikes` spikes of as many features. */
function configuration({ spec, hash }: Device, spikes: number): ChipConfig {
  const features = Math.max(1, spikes);
  const core = {
    core: 0,
    layer: "all",
    inputShape: [1, 64, 64],
    outputShape: [features, 64, 64],
    kernelSize: [1, 1],
    stride: [1, 1],
    padding: [0, 0],
    weights: new Int8Array(features).fill(spikes > 0 ? 1 : 0),
    leakInternalSlowClock: false,
    thresholdHigh: 1,
    thresholdLow: -1,
    returnToZero: false,
    monitorEnable: true,
    congestionBalancer: false,
    destinations: [],
    scale: 1,
  } as const;
  return {
    device: { name: spec.name, hash },
    input: {
      shape: [1, 64, 64],
      onChannel: true,
      offChannel: true,
      merge: true,
      pooling: [1, 1],
      mirrorX: false,
      mirrorY: false,
      mirrorDiagonal: false,
      destinations: [{ core: 0, pooling: 1, featureShift: 0 }],
    },
    cores: [core],
    outputs: [{ core: 0, featureShift: 0 }],
    slowClock: { source: "none" },
    provenance: {
      tool: "bench",
      network: "bench",
      networkSha256: "",
      quantizeRule: "default",
      objective: "cores",
      optimal: false,
      seed: 1,
      warnings: [],
    },
  };
}

function recording(count: number): EventStream {
  const random = new Random(1);
  const events = createEventStream(count, [64, 64]);
  for (let i = 0; i < count; i++) {
    events.t[i] = i * 10;
    events.x[i] = random.below(64);
    events.y[i] = random.below(64);
  }
  return events;
}

/** Part of the bytes on the line that are not packed events, both ways of a run of full batches, percent. */
async function overhead(device: Device): Promise<Size> {
  const [host, end] = createPipe();
  const serving = new VirtualBoard({ device }).serve(end);
  const chip = await openBoard(host);
  await chip.configure(configuration(device, 1));
  const before = chip.statistics.bytesSent;
  const events = recording(EVENTS);
  await chip.run(events, { onEvents: () => {} });
  const bytes = chip.statistics.bytesSent - before;
  await chip[Symbol.asyncDispose]();
  await serving;
  const { t, p: feature, y, x } = events;
  let packed = 0;
  const scratch = new Uint8Array(4000);
  for (let at = 0; at < EVENTS; ) {
    const batch = packEvents({ t, feature, y, x }, at, EVENTS, 1, 0, scratch);
    at += batch.count;
    packed += batch.packed.length;
  }
  return { what: "link: bytes that are no events", value: 100 * (1 - packed / bytes), unit: "%", below: 5 };
}

type Kind = "TCP" | "pty";

/** Shortest time an event of several rounds, down and up in turn: the machine's other work only makes it longer. */
async function throughput(kind: Kind, device: Device): Promise<Size[]> {
  const main = fileURLToPath(new URL("../../src/cli/main.js", import.meta.url));
  const listen = kind === "TCP" ? "tcp://127.0.0.1:0" : "pty";
  const board = spawn(process.execPath, [main, "board", "--listen", listen, "--device", device.spec.name, "--quiet"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const port = parsePortUrl(await portOf(board)) as LinePort;
    const chip = await openBoard(await openLine(port));
    const events = recording(EVENTS);
    const few = recording(EVENTS / SPIKES);
    const down: number[] = [];
    const up: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      down.push(await timeOf(chip, configuration(device, 0), events));
      up.push(await timeOf(chip, configuration(device, SPIKES), few));
    }
    await chip[Symbol.asyncDispose]();
    const size = (way: string, times: readonly number[]): Size => ({
      what: `link over ${kind}: an event ${way}`,
      value: (1000 * Math.min(...times)) / EVENTS,
      unit: "us",
      below: US_AN_EVENT,
    });
    return [size("down", down), size("up", up)];
  } finally {
    board.kill("SIGINT");
  }
}

async function timeOf(chip: BoardChip, config: ChipConfig, events: EventStream): Promise<number> {
  await chip.configure(config);
  let spikes = 0;
  const start = performance.now();
  const result = await chip.run(events, {
    onEvents: ({ t }) => {
      spikes += t.length;
    },
  });
  const ms = performance.now() - start;
  const wanted = config.cores[0]?.weights[0] === 0 ? 0 : EVENTS;
  if (result.input.events !== events.t.length || spikes !== wanted)
    throw new Error(`${spikes} of ${wanted} spikes came`);
  return ms;
}

async function portOf(board: ChildProcess): Promise<string> {
  for await (const line of createInterface(board.stdout as NodeJS.ReadableStream)) {
    const port = /listens: (\S+)$/.exec(line)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error("the board ended before it listened");
}

/** What a request takes longer than the same bytes to an echo at the other end of such a line, in turn, medians. */
async function roundTrip(kind: Kind, device: Device): Promise<Size> {
  const raw = await openEnds(kind);
  const framed = await openEnds(kind);
  const echo = echoes(raw.board);
  const serving = new VirtualBoard({ device }).serve(framed.board);
  const chip = await openBoard(framed.host);
  const replies = raw.host.incoming[Symbol.asyncIterator]();
  const bytes = new Uint8Array(40);
  const requests: number[] = [];
  const echoed: number[] = [];
  for (let i = 0; i < ROUND_TRIPS; i++) {
    const start = performance.now();
    await chip.refreshIdentity();
    const between = performance.now();
    await raw.host.write(bytes);
    for (let length = 0; length < bytes.length; ) length += (await replies.next()).value?.length ?? bytes.length;
    requests.push(between - start);
    echoed.push(performance.now() - between);
  }
  await chip[Symbol.asyncDispose]();
  // A pseudo-terminal does not tell the board that its host has left.
  await Promise.all([raw.close(), framed.close()]);
  await Promise.all([serving, echo]);
  return {
    what: `link over ${kind}: a request above the raw line`,
    value: median(requests) - median(echoed),
    unit: "ms",
    below: 1,
  };
}

async function echoes(line: ByteLink): Promise<void> {
  for await (const bytes of line.incoming) await line.write(bytes);
}

/** A line with both of its ends here. */
async function openEnds(kind: Kind): Promise<{ host: ByteLink; board: ByteLink; close(): Promise<void> }> {
  if (kind === "pty") {
    const { path, link: board } = await openPty();
    const host = await openSerial(path);
    return { host, board, close: async () => void (await Promise.all([host.close(), board.close()])) };
  }
  let arrived: (link: ByteLink) => void = () => {};
  const waiting = new Promise<ByteLink>((resolve) => {
    arrived = resolve;
  });
  const server = await listenTcp("127.0.0.1", 0, (link) => arrived(link));
  const host = await connectTcp("127.0.0.1", server.port);
  const board = await waiting;
  return { host, board, close: async () => void (await Promise.all([host.close(), board.close(), server.close()])) };
}
