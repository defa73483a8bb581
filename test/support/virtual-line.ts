import { type Faults, FaultyBytes } from "../../emulator/faults.ts";
import { Random } from "../../src/random.ts";
import { BoardTransport } from "../../src/wire/board-transport.ts";
import { HostTransport } from "../../src/wire/host-transport.ts";
import type { EndLimits, Transport } from "../../src/wire/transport.ts";

/** A line in virtual time: so many bytes a second, a delay, faults, breaks. */
export interface VirtualLineOptions {
  readonly seed: number;
  readonly faults: Faults;
  /** Bytes a second each way. */
  readonly bytesPerSecond: number;
  readonly delayUs: number;
  /** Times at which the line breaks, microseconds, ascending; it is back 100 ms later. */
  readonly breaksUs?: readonly number[];
  readonly hostLimits: EndLimits;
  readonly boardLimits: EndLimits;
}

/** What an end does with its transport, whenever something may have changed. */
export type Act = (transport: Transport, nowUs: number) => void;

interface Direction {
  readonly from: Transport;
  readonly to: Transport;
  readonly faults: FaultyBytes;
  freeUs: number;
  wakeUs: number;
  readonly flying: { readonly atUs: number; readonly bytes: Uint8Array }[];
}

const REPAIR_US = 100_000;

/** Two ends and the line between them; `run` plays until `done` says so. */
export class VirtualLine {
  readonly host: HostTransport;
  readonly board: BoardTransport;
  readonly ended: string[] = [];
  nowUs = 0;
  readonly #options: VirtualLineOptions;
  readonly #directions: readonly [Direction, Direction];
  readonly #breaksUs: number[];
  #backUs: number | undefined;

  constructor(options: VirtualLineOptions) {
    this.#options = options;
    const { seed, faults, hostLimits, boardLimits } = options;
    this.host = new HostTransport({
      limits: hostLimits,
      nonce: seed + 1,
      program: "test",
      keepaliveMs: 200,
      timeoutMs: 60_000,
    });
    this.board = new BoardTransport({
      limits: boardLimits,
      capabilities: 0,
      onOpen: () => undefined,
      onEnd: (why) => this.ended.push(why),
      onAbort: () => undefined,
    });
    const direction = (from: Transport, to: Transport, stream: number): Direction => ({
      from,
      to,
      faults: new FaultyBytes(faults, new Random(seed, stream)),
      freeUs: 0,
      wakeUs: 0,
      flying: [],
    });
    this.#directions = [direction(this.host, this.board, 1), direction(this.board, this.host, 2)];
    this.#breaksUs = [...(options.breaksUs ?? [])];
    this.host.lineUp();
    this.board.lineUp();
  }

  /** @returns true when `done` came true before `limitUs` of virtual time */
  run(actHost: Act, actBoard: Act, done: () => boolean, limitUs: number): boolean {
    while (this.nowUs < limitUs) {
      actHost(this.host, this.nowUs);
      actBoard(this.board, this.nowUs);
      if (done()) return true;
      this.#breakAndRepair();
      let nextUs = Math.min(this.#breaksUs[0] ?? Number.POSITIVE_INFINITY, this.#backUs ?? Number.POSITIVE_INFINITY);
      for (const direction of this.#directions) {
        if (this.#backUs === undefined) this.#send(direction);
        nextUs = Math.min(nextUs, direction.flying[0]?.atUs ?? Number.POSITIVE_INFINITY);
        if (this.#backUs === undefined) nextUs = Math.min(nextUs, Math.max(direction.wakeUs, direction.freeUs));
      }
      this.nowUs = Math.min(limitUs, Math.max(this.nowUs + 1, nextUs));
      for (const direction of this.#directions) this.#arrive(direction);
    }
    return done();
  }

  #send(direction: Direction): void {
    if (this.nowUs < direction.freeUs) return;
    const { bytes, wakeUs } = direction.from.poll(this.nowUs);
    direction.wakeUs = wakeUs;
    if (bytes.length === 0) return;
    const { bytes: left, waitUs } = direction.faults.pass(bytes.slice());
    direction.freeUs = this.nowUs + (bytes.length * 1e6) / this.#options.bytesPerSecond + waitUs;
    direction.wakeUs = direction.freeUs;
    if (left.length > 0) direction.flying.push({ atUs: direction.freeUs + this.#options.delayUs, bytes: left });
  }

  #arrive(direction: Direction): void {
    while ((direction.flying[0]?.atUs ?? Number.POSITIVE_INFINITY) <= this.nowUs) {
      direction.to.receive((direction.flying.shift() as Direction["flying"][number]).bytes, this.nowUs);
    }
  }

  #breakAndRepair(): void {
    if (this.#backUs === undefined && (this.#breaksUs[0] ?? Number.POSITIVE_INFINITY) <= this.nowUs) {
      this.#breaksUs.shift();
      this.#backUs = this.nowUs + REPAIR_US;
      for (const direction of this.#directions) direction.flying.length = 0;
    }
    if (this.#backUs !== undefined && this.nowUs >= this.#backUs) {
      this.#backUs = undefined;
      // Nobody opens a line again for a session that is over.
      if (this.host.state !== "closed") this.host.lineUp();
      this.board.lineUp();
      for (const direction of this.#directions) direction.freeUs = direction.wakeUs = this.nowUs;
    }
  }
}
