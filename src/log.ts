/** The part of pino that library code may use. Only `cli/` creates a real logger; a program may pass its own. */
export interface Logger {
  debug(fields: object, message?: string): void;
  info(fields: object, message?: string): void;
  warn(fields: object, message?: string): void;
  error(fields: object, message?: string): void;
}

const nothing = (): void => {};

/** The logger of those who gave none. */
export const silentLogger: Logger = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** Told now and then how far a long job has come; `total` is absent when it is not known. */
export type Progress = (done: number, total?: number) => void;
