import pino from "pino";
import type { Logger } from "../log.ts";

export type LogLevel = "silent" | "warn" | "info" | "debug";

/** The one place where a logger is made: pino, JSON lines on stderr, so that stdout holds results only. */
export function createLogger(level: LogLevel): Logger {
  return pino({ level, base: null }, pino.destination({ dest: 2, sync: true }));
}
