import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openProgram } from "../../../src/link/program-link.ts";

const DEAF = `
  process.on('SIGTERM', () => {});
  setInterval(() => require('fs').appendFileSync('beats', '.'), 20);
  setTimeout(() => process.exit(), 30000);
`;

test.skipIf(process.platform === "win32")(
  "a program that ignores both its end of input and SIGTERM is killed",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "program-link-"));
    const beats = (): number => statSync(join(folder, "beats"), { throwIfNoEntry: false })?.size ?? 0;
    try {
      const link = await openProgram(`cd '${folder}'; '${process.execPath}' -e "${DEAF}"`);
      await expect.poll(beats, { timeout: 10_000 }).toBeGreaterThan(0);
      await link.close();
      const before = beats();
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(beats()).toBe(before);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  30_000,
);
