/** Route number of the copy that goes to the monitor. */
export const MONITOR = -1;

/** Copies of spikes (or of input events) on their way out, in order; a ring that grows. */
export class Outbox {
  /** When the sender is free to put its next copy on the router. */
  senderFree = 0;
  #wish = new Float64Array(64);
  #cause = new Float64Array(64);
  #address = new Uint32Array(64);
  #route = new Int8Array(64);
  #head = 0;
  #tail = 0;
  #lastWish = Number.NEGATIVE_INFINITY;

  get length(): number {
    return this.#tail - this.#head;
  }

  /** When the first copy is ready to leave, in the sender's own time. */
  get wish(): number {
    return this.#wish[this.#head & (this.#wish.length - 1)] as number;
  }

  get cause(): number {
    return this.#cause[this.#head & (this.#wish.length - 1)] as number;
  }

  /** As the receiver sees it: pooled and shifted. */
  get address(): number {
    return this.#address[this.#head & (this.#wish.length - 1)] as number;
  }

  /** Position in the sender's routes, or `MONITOR`. */
  get route(): number {
    return this.#route[this.#head & (this.#wish.length - 1)] as number;
  }

  /** Adds a copy; copies leave in the order in which they are added, so no wish is earlier than the one before. */
  push(wish: number, address: number, route: number, cause: number): void {
    if (this.length === this.#wish.length) this.#grow();
    const at = this.#tail++ & (this.#wish.length - 1);
    this.#lastWish = Math.max(wish, this.#lastWish);
    this.#wish[at] = this.#lastWish;
    this.#address[at] = address;
    this.#route[at] = route;
    this.#cause[at] = cause;
  }

  /** The first copy left at `timePs`. */
  shift(timePs: number, slot: number): void {
    this.#head++;
    this.senderFree = timePs + slot;
  }

  clear(): void {
    this.#head = 0;
    this.#tail = 0;
    this.#lastWish = Number.NEGATIVE_INFINITY;
    this.senderFree = 0;
  }

  #grow(): void {
    const size = this.#wish.length;
    const order = Array.from({ length: size }, (_, i) => (this.#head + i) & (size - 1));
    const { length } = order;
    const wish = new Float64Array(size * 2);
    const cause = new Float64Array(size * 2);
    const address = new Uint32Array(size * 2);
    const route = new Int8Array(size * 2);
    order.forEach((from, to) => {
      wish[to] = this.#wish[from] as number;
      cause[to] = this.#cause[from] as number;
      address[to] = this.#address[from] as number;
      route[to] = this.#route[from] as number;
    });
    this.#wish = wish;
    this.#cause = cause;
    this.#address = address;
    this.#route = route;
    this.#head = 0;
    this.#tail = length;
  }
}
