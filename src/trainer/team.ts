/** Several replicas of a model that train together, each on its part of every batch; one of them sees it like this. */
export interface Team {
  readonly members: number;
  /**
   * Adds up one list of numbers of every member, in the order of the members, so that all get the same bits every time.
   * Waits for the others; all must call it equally often, with lists of one length.
   */
  sum(values: Float32Array): Float32Array;
}

/** Memory that the members share. */
export interface TeamMemory {
  readonly members: number;
  /** Longest list that can be added up. */
  readonly length: number;
  readonly values: SharedArrayBuffer;
  readonly barrier: SharedArrayBuffer;
}

export function createTeamMemory(members: number, length: number): TeamMemory {
  const bytes = Float32Array.BYTES_PER_ELEMENT;
  return {
    members,
    length,
    values: new SharedArrayBuffer(2 * members * length * bytes),
    barrier: new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT),
  };
}

const ARRIVED = 0;
const GENERATION = 1;

/** @param member 0..members-1 */
export function joinTeam(memory: TeamMemory, member: number): Team {
  const { members, length } = memory;
  const barrier = new Int32Array(memory.barrier);
  // Two sets of slots in turn: a member can only overwrite a set after the barrier behind the next one, which nobody
  // reaches before having read this one. So one barrier a sum is enough.
  const slots = [0, 1].map((set) =>
    Array.from(
      { length: members },
      (_, i) => new Float32Array(memory.values, (set * members + i) * length * Float32Array.BYTES_PER_ELEMENT, length),
    ),
  );
  let turn = 0;
  return {
    members,
    sum(values) {
      const set = slots[turn] as Float32Array[];
      turn = 1 - turn;
      (set[member] as Float32Array).set(values);
      waitForAll(barrier, members);
      const total = new Float32Array(values.length);
      for (const slot of set)
        for (let i = 0; i < total.length; i++) total[i] = (total[i] as number) + (slot[i] as number);
      return total;
    },
  };
}

/** Looks at the barrier before a member goes to sleep, some 0.1 ms: to wake up again takes as long. */
const LOOKS = 20_000;

function waitForAll(barrier: Int32Array, members: number): void {
  const generation = Atomics.load(barrier, GENERATION);
  if (Atomics.add(barrier, ARRIVED, 1) === members - 1) {
    Atomics.store(barrier, ARRIVED, 0);
    Atomics.add(barrier, GENERATION, 1);
    Atomics.notify(barrier, GENERATION);
    return;
  }
  for (let look = 0; look < LOOKS; look++) if (Atomics.load(barrier, GENERATION) !== generation) return;
  while (Atomics.load(barrier, GENERATION) === generation) Atomics.wait(barrier, GENERATION, generation);
}
