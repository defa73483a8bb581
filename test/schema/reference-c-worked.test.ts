import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { buildReference, hasNanopb } from "../support/reference-c.ts";

const readme = readFileSync(fileURLToPath(new URL("../../firmware-schemas/README.md", import.meta.url)), "utf8");

const NAMES = ["hello", "welcome", "begin", "done", "ack", "events", "gap", "ping", "abort", "close", "closed"];

/** The bytes of the fenced block of that name in the README. */
function worked(name: string): string | undefined {
  const text = new RegExp("```" + name + "\\n(.*?)```", "s").exec(readme)?.[1];
  return text?.replace(/\s+/g, "").toLowerCase();
}

test.skipIf(!hasNanopb)("the README's worked bytes are what the firmware in C sends, and reads", () => {
  const said = execFileSync(buildReference("worked", "SANITIZE=1")).toString().trim();
  const frames = Object.fromEntries(said.split("\n").map((line) => line.split(" ")));
  expect(frames).toEqual(Object.fromEntries(NAMES.map((name) => [name, worked(name)])));
});
