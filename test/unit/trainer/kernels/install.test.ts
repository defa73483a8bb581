import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";
import { expect, it } from "vitest";
import { openBackend } from "../../../../src/trainer/backend/open-backend.ts";
import { installKernels } from "../../../../src/trainer/kernels/install.ts";
import { conv2d } from "../../../../src/trainer/ops.ts";

it("kernels that are installed again and again keep no memory of those before", async () => {
  await openBackend("wasm");
  const size = (): number => {
    const { asm } = (tf.backend() as BackendWasm).wasm as unknown as { asm: { memory: WebAssembly.Memory } };
    return asm.memory.buffer.byteLength;
  };
  // Several MiB of scratch: without a release, a hundred times that.
  const work = (): void =>
    tf.tidy(() => {
      installKernels(false);
      tf.grad((x: tf.Tensor) => conv2d(x as tf.Tensor4D, tf.ones([3, 3, 64, 64]), 1, 1))(tf.ones([4, 16, 16, 64]));
    });
  for (let i = 0; i < 5; i++) work();
  const before = size();
  for (let i = 0; i < 100; i++) work();
  expect(size()).toBe(before);
});
