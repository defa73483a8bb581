import { ChipError } from "../../src/errors.ts";
import type { BoardTransport } from "../../src/wire/board-transport.ts";
import type { ByteLink } from "../../src/wire/byte-link.ts";
import type { Clock } from "../../src/wire/clock.ts";
import { Pump } from "../../src/wire/pump.ts";
import { waitWhileBusy } from "./busy.ts";

/** A line that was heard within this time lives; another one has to wait. */
const LIVING_US = 3_000_000;
/** A host that had to wait gets so long to open its session: its HELLO told that the board is free, the next one opens. */
const RESERVED_US = 1_000_000;

/** The lines of a board, of which one at a time is served. */
export class Lines {
  readonly #transport: BoardTransport;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  #link: ByteLink | undefined;
  #pump: Pump | undefined;
  #reservedUs = Number.NEGATIVE_INFINITY;
  #cancelExpiry: (() => void) | undefined;

  /** @param onChange frames came, room was made, or a deadline passed */
  constructor(transport: BoardTransport, clock: Clock, onChange: () => void) {
    this.#transport = transport;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** There is something to send. */
  kick(): void {
    this.#pump?.kick();
  }

  /** See `VirtualBoard.serve`. */
  async serve(link: ByteLink, signal?: AbortSignal): Promise<void> {
    const stop = (): void => {
      link.close().catch(ignore);
    };
    signal?.addEventListener("abort", stop);
    try {
      if (signal?.aborted) return;
      let free: ByteLink | undefined = link;
      // Of several lines that wait, one is served, and the others wait on.
      while (free && this.#busy) {
        free = await waitWhileBusy(free, () => this.#busy);
        if (free && !this.#busy) this.#reservedUs = this.#clock.nowUs() + RESERVED_US;
      }
      if (free) await this.#serveAlone(free);
    } catch (error) {
      // Lines break; the board waits for the next one.
      if (!(error instanceof ChipError && error.code === "E_LINK")) throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
      await link.close();
    }
  }

  /** A session is open on another line, and its host was heard lately; or a host that waited is about to open one. */
  get #busy(): boolean {
    if (this.#link === undefined) return false;
    const nowUs = this.#clock.nowUs();
    return this.#transport.open ? nowUs - this.#transport.heardUs < LIVING_US : nowUs < this.#reservedUs;
  }

  async #serveAlone(link: ByteLink): Promise<void> {
    // While one line closes, another one may have come in its place.
    for (let before = this.#link; before !== undefined; before = this.#link) {
      await before.close();
      if (this.#link === before) this.#link = undefined;
    }
    this.#link = link;
    this.#cancelExpiry?.();
    this.#transport.lineUp();
    const pump = new Pump(this.#transport, link, this.#clock, this.#onChange);
    this.#pump = pump;
    try {
      await pump.run();
    } finally {
      if (this.#link === link) {
        this.#link = undefined;
        this.#pump = undefined;
        this.#expireLater();
      }
    }
  }

  /** Nobody polls a transport without a line, so the end of the session's patience is watched here. */
  #expireLater(): void {
    const { expiresUs } = this.#transport;
    if (expiresUs === Number.POSITIVE_INFINITY) return;
    this.#cancelExpiry = this.#clock.after(expiresUs - this.#clock.nowUs(), () => {
      if (this.#link === undefined) this.#transport.expire(this.#clock.nowUs());
    });
  }
}

/** A line that is closed while it breaks may complain; that tells nobody anything. */
function ignore(): void {}
