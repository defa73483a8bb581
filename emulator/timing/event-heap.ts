/** A binary heap of (time, key): the earliest time first, the smallest key among equal times. */
export class EventHeap {
  #time = new Float64Array(256);
  #key = new Int32Array(256);
  #length = 0;

  /** Time of the first entry; infinity when there is none. */
  get firstTime(): number {
    return this.#length > 0 ? (this.#time[0] as number) : Infinity;
  }

  get firstKey(): number {
    return this.#key[0] as number;
  }

  push(time: number, key: number): void {
    if (this.#length === this.#time.length) this.#grow();
    let at = this.#length++;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(time, key, parent)) break;
      this.#copy(parent, at);
      at = parent;
    }
    this.#time[at] = time;
    this.#key[at] = key;
  }

  /** Removes the first entry. */
  pop(): void {
    const length = --this.#length;
    const time = this.#time[length] as number;
    const key = this.#key[length] as number;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= length) break;
      if (child + 1 < length && this.#before(this.#time[child + 1] as number, this.#key[child + 1] as number, child)) {
        child++;
      }
      if (this.#before(time, key, child)) break;
      this.#copy(child, at);
      at = child;
    }
    this.#time[at] = time;
    this.#key[at] = key;
  }

  clear(): void {
    this.#length = 0;
  }

  #before(time: number, key: number, other: number): boolean {
    const otherTime = this.#time[other] as number;
    return time < otherTime || (time === otherTime && key < (this.#key[other] as number));
  }

  #copy(from: number, to: number): void {
    this.#time[to] = this.#time[from] as number;
    this.#key[to] = this.#key[from] as number;
  }

  #grow(): void {
    const time = new Float64Array(this.#time.length * 2);
    const key = new Int32Array(time.length);
    time.set(this.#time);
    key.set(this.#key);
    this.#time = time;
    this.#key = key;
  }
}
