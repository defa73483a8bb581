import { ChipError, oneLine } from "../errors.ts";

/** Why one node cannot go on. */
export interface Refusal {
  readonly node: string;
  readonly op: string;
  /** A clause without its subject: "has no spiking neuron behind it". */
  readonly why: string;
  /** What the user can do, as an order: "append an IF node". */
  readonly remedy: string;
}

/**
 * E_UNSUPPORTED with every reason at once, for people in the message and as `details.reasons`.
 *
 * @param subject start of the sentence, such as "The network cannot be put on a chip"
 */
export function refusalError(subject: string, reasons: readonly Refusal[]): ChipError {
  const sentences = reasons.map(({ node, op, why, remedy }) => `${node} (${op}) ${why}: ${remedy}`);
  return new ChipError("E_UNSUPPORTED", `${subject}: ${oneLine(sentences)}.`, { details: { reasons } });
}
