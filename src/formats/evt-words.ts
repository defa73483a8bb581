const KINDS: Readonly<Record<number, string>> = {
  10: "external triggers",
  13: "IMU words",
  14: "other words",
  15: "continued words",
};

/** What reports call words of a kind that is neither pixels nor time, in EVT 2.0, 2.1 and 3.0 alike. */
export function kindOfWord(kind: number): string {
  return KINDS[kind] ?? `words of the unknown kind ${kind}`;
}
