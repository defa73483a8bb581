/** Route number of the copy that goes to the monitor. */
export const MONITOR = -1;

/**
 * Copies of spikes (or of input events) on their way out, in the order in which they come to where they go; a ring that
 * grows. [D10] What is under way on a link is among them, so that other copies may overtake it.
 */
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

  /** When the first copy comes to where it goes if nothing holds it up, in the sender's own time. */
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

  /**
   * Adds a copy that is ready at `wish`; copies start in the order in which they are added, so none starts before the
   * one added last. `delay` later it comes to where it goes: there it takes its place behind all that come no later.
   */
  push(wish: number, address: number, route: number, cause: number, delay = 0): void {
    if (this.length === this.#wish.length) this.#grow();
    this.#lastWish = Math.max(wish, this.#lastWish);
    const comes = this.#lastWish + delay;
    const mask = this.#wish.length - 1;
    let place = this.#tail++;
    while (place > this.#head && (this.#wish[(place - 1) & mask] as number) > comes) {
      this.#move((place - 1) & mask, place & mask);
      place--;
    }
    const at = place & mask;
    this.#wish[at] = comes;
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

  #move(from: number, to: number): void {
    this.#wish[to] = this.#wish[from] as number;
    this.#address[to] = this.#address[from] as number;
    this.#route[to] = this.#route[from] as number;
    this.#cause[to] = this.#cause[from] as number;
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
