import { ChipError } from "../../errors.ts";

/** What labels mean: the output feature that should win, and what a user calls it. */
export class ClassMap {
  /** Names of the classes by output feature, as far as they are known. */
  readonly names: readonly string[];
  readonly #numeric: boolean;

  /** @param labels every label of the set. Whole numbers name the output feature itself; others count in this order. */
  constructor(labels: readonly string[]) {
    this.#numeric = labels.every((label) => /^\d+$/.test(label));
    this.names = this.#numeric
      ? Array.from({ length: 1 + Math.max(-1, ...labels.map(Number)) }, (_, i) => String(i))
      : labels;
  }

  indexOf(label: string): number {
    return this.#numeric ? Number(label) : this.names.indexOf(label);
  }

  /**
   * @param outputs output features of the network
   * @param set how the message calls the set
   * @throws ChipError E_DATASET when a sample belongs to a class that the network has no output for
   */
  check(samples: readonly { readonly id: string; readonly label: number }[], outputs: number, set: string): void {
    const beyond = samples.filter(({ label }) => label >= outputs);
    if (beyond.length === 0) return;
    const [{ id, label }] = beyond;
    throw new ChipError(
      "E_DATASET",
      `${set}: ${beyond.length} samples have no output in the network, which has ${outputs} (0 to ${outputs - 1}); the first is ${id} with label ${this.names[label]}${this.#numeric ? "" : ` (class ${label})`}. ` +
        `Give the last layer ${this.names.length} features, or choose other samples.`,
      { details: { sample: id, label, outputs, classes: this.names.length } },
    );
  }
}
