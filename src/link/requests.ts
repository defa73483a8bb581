import { ChipError } from "../errors.ts";
import type { Clock } from "../wire/clock.ts";
import { errorCodeOf, type FromBoardMessage, type ToBoard } from "../wire/messages.ts";
import type { Connection } from "./connection.ts";
import { Patience } from "./patience.ts";

interface Pending {
  readonly resolve: (answers: FromBoardMessage[]) => void;
  readonly reject: (error: unknown) => void;
  readonly before: FromBoardMessage[];
}

/** Requests to a board and their answers, by number. */
export class Requests {
  readonly #connection: Connection;
  readonly #patience: Patience;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  /** @param answerTimeoutMs how long a board that has received a request, and says that it is there, may owe the answer */
  constructor(connection: Connection, clock: Clock, answerTimeoutMs: number) {
    this.#connection = connection;
    this.#patience = new Patience({
      clock,
      limitUs: () => answerTimeoutMs * 1000,
      excused: () => !connection.settled,
      onEnd: () => this.failAll(hangs(connection.label, answerTimeoutMs)),
    });
  }

  /** The message that answers the request. @throws ChipError as the board says */
  async ask(body: ToBoard): Promise<FromBoardMessage> {
    return (await this.askAll(body)).at(-1) as FromBoardMessage;
  }

  /** All messages that answer the request: counters come one core at a time, and a Done ends them. */
  askAll(body: ToBoard): Promise<FromBoardMessage[]> {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      this.#pending.set(id, { resolve, reject, before: [] });
      try {
        this.#connection.send({ id, ...body });
      } catch (error) {
        this.#pending.delete(id);
        reject(error);
        return;
      }
      if (this.#pending.size === 1) this.#patience.start();
    });
  }

  answer(message: FromBoardMessage): void {
    this.#patience.excuse();
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.coreCounters) {
      pending.before.push(message);
      return;
    }
    this.#pending.delete(message.id);
    if (this.#pending.size === 0) this.#patience.stop();
    const { error } = message;
    if (error) {
      const text = error.message || `${this.#connection.label} refused a request (error ${error.code}).`;
      pending.reject(new ChipError(errorCodeOf(error.code), text, { details: { port: this.#connection.label } }));
    } else pending.resolve([...pending.before, message]);
  }

  failAll(error: unknown): void {
    this.#patience.stop();
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject } of pending) reject(error);
  }

  /** What to say of an answer that is none. */
  odd(request: string): ChipError {
    return new ChipError(
      "E_LINK",
      `${this.#connection.label} answered ${request} with something else; its firmware does not follow firmware-schemas/link.proto.`,
    );
  }
}

function hangs(label: string, timeoutMs: number): ChipError {
  return new ChipError(
    "E_LINK",
    `${label} took a request and has not answered it for ${timeoutMs / 1000} s, though the line is alive; its firmware seems to hang: reset the board.`,
  );
}
