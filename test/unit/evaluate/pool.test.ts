import { expect, it } from "vitest";
import { runTasks } from "../../../src/evaluate/pool.ts";

for (const [kept, words] of [
  [true, /what is done is kept, and the same command goes on/],
  [false, /no results are kept, and the same command begins again/],
] as const) {
  it(`says after Ctrl-C that results are ${kept ? "" : "not "}kept`, async () => {
    const controller = new AbortController();
    const done: number[] = [];
    const run = runTasks([0, 1, 2], async (task: number) => ({ value: task }), new URL("file:///tasks.ts"), {
      workers: 1,
      signal: controller.signal,
      kept,
      onResult: async (_, index) => {
        done.push(index);
        controller.abort();
      },
    });
    await expect(run).rejects.toMatchObject({ code: "E_INTERRUPTED", message: expect.stringMatching(words) });
    expect(done).toEqual([0]);
  });
}
