/** Sequence numbers, stamps and runs count modulo 65,536 on the line. */
export const MODULUS = 0x10000;

/** How far `a` is ahead of `b`, -32,768 to 32,767: negative when a is before b. */
export function ahead(a: number, b: number): number {
  return ((a - b) << 16) >> 16;
}

export function following(value: number): number {
  return (value + 1) & 0xffff;
}
