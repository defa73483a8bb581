import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { TimestepChip } from "../../../emulator/timestep/timestep-chip.ts";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { countOutputs, outputLayoutOf, predict } from "../../../src/evaluate/prediction.ts";
import { type ImageSet, openImageSet } from "../../../src/formats/image-set.ts";
import { type ImageInput, imageToCurrent, imageValues } from "../../../src/formats/image-values.ts";
import { readKerasH5 } from "../../../src/formats/keras-h5.ts";
import { readNir, writeNir } from "../../../src/formats/nir.ts";
import { readTfjsFile } from "../../../src/formats/tfjs-model.ts";
import { mapNetwork } from "../../../src/mapper/map-network.ts";
import { calibrate } from "../../../src/quantize/calibrate.ts";
import { checkConversion, conversionRefusals, spikingNetwork } from "../../../src/quantize/convert.ts";
import { prepareNetwork } from "../../../src/quantize/prepare.ts";
import { floatAccuracy, spikingAccuracy } from "../../../src/study/image-accuracy.ts";
import { dataPath, dataRoot } from "../../support/data.ts";
import { soaking } from "../../support/soak.ts";
import { thrown } from "../../support/thrown.ts";

const STEPS = 10;

function* inputs(set: ImageSet, count: number, input: ImageInput = {}): Generator<Float32Array> {
  for (let i = 0; i < count; i++) yield imageValues(set.image(i), input);
}

function labelled(set: ImageSet, count: number, input: ImageInput = {}) {
  return { count, label: set.label, values: (i: number) => imageValues(set.image(i), input) };
}

describe.skipIf(!dataRoot)("the MNIST net of tfjs", () => {
  const load = () => readTfjsFile(dataPath("models", "tfjs_mnist_cnn_a", "model.json"));

  it("is refused with every reason: two max pools, six biases, five ReLUs, a softmax", async () => {
    const network = await load();
    const error = thrown(() => checkConversion(network, { calibrated: false }, "model.json"));
    expect(error.code).toBe("E_UNSUPPORTED");
    const count = new Map<string, number>();
    for (const { op } of error.details.reasons as { op: string }[]) count.set(op, (count.get(op) ?? 0) + 1);
    expect(Object.fromEntries(count)).toEqual({ conv2d: 4, linear: 2, relu: 5, maxPool: 2, softmax: 1 });
    for (const remedy of ["--drop-bias", "--max-pool average", "--calibrate"]) expect(error.message).toContain(remedy);
    expect(conversionRefusals(network, { calibrated: true, maxPool: "average", bias: "drop" })).toEqual([]);
  });

  it(`runs on the virtual chip with 10 steps an image, at least 97 % of the first ${soaking ? "5,000" : "1,000"} test images`, async () => {
    const network = await load();
    const test = await openImageSet(dataPath("mnist", "dev", "t10k-first5000"));
    const train = await openImageSet(dataPath("mnist", "dev", "train"));
    const count = soaking ? 5000 : 1000;
    const { network: prepared, replaced } = prepareNetwork(network, { maxPool: "average", bias: "drop" });
    expect(replaced.filter(({ exact }) => !exact)).toHaveLength(8);
    const scales = calibrate(prepared, inputs(train, 1000));
    const nir = await readNir(await writeNir(spikingNetwork(prepared, scales, { steps: STEPS })), "net.nir");
    const { config } = mapNetwork(nir, await loadDevice("virtual"));
    const chip = new TimestepChip(await loadDevice("virtual"), { dtUs: 1000 });
    await chip.configure(config);
    const layout = outputLayoutOf(config);
    let [correct, taps] = [0, 0];
    for (let i = 0; i < count; i++) {
      await chip.reset();
      const result = await chip.runAnalogue(imageToCurrent(test.image(i), { steps: STEPS }), STEPS);
      if (predict(countOutputs(result.events!, layout)).prediction === test.label(i)) correct++;
      taps += result.perCore.reduce((sum, counter) => sum + counter.taps, 0);
    }
    process.stdout.write(
      `MNIST net, ${count} images: ${(100 * correct) / count} %, ${(taps / count / 1e6).toFixed(2)} M SynOps an image\n`,
    );
    expect(correct / count).toBeGreaterThanOrEqual(0.97);
    expect(taps / count).toBeLessThan(8e6);
  });

  it("keeps 99 % as a ReLU net", async () => {
    const test = await openImageSet(dataPath("mnist", "dev", "t10k-first5000"));
    expect(floatAccuracy(await load(), labelled(test, 300)).correct).toBeGreaterThanOrEqual(298);
  });
});

describe.skipIf(!dataRoot)("the ResNet-8 of MLPerf Tiny", () => {
  const raw = { normalize: "none" } as const;
  const load = () =>
    readKerasH5(readFileSync(dataPath("models", "mlperf_tiny_resnet8_cifar10", "pretrainedResnet.h5")), "resnet8.h5");

  it(`scores as in Keras: ${soaking ? "75.5 % of 5,000 JPEG images" : "73.6 % of the first 500 JPEG images, 90 % of 200 lossless ones"}`, async () => {
    const network = await load();
    const jpeg = await openImageSet(dataPath("cifar10_jpeg60k", "dev", "test_a"));
    if (soaking) {
      expect(floatAccuracy(network, labelled(jpeg, 5000, raw)).accuracy).toBeCloseTo(0.755, 2);
      return;
    }
    expect(floatAccuracy(network, labelled(jpeg, 500, raw)).correct).toBe(368);
    const lossless = await openImageSet(dataPath("cifar10_lossless4k", "dev"));
    expect(floatAccuracy(network, labelled(lossless, 200, raw)).correct).toBe(180);
  });

  it("becomes ten spiking layers that the virtual chip holds, and Speck does not", async () => {
    const network = await load();
    const set = await openImageSet(dataPath("cifar10_lossless4k", "dev"));
    expect(conversionRefusals(network, { calibrated: true, bias: "keep" })).toEqual([]);
    const { network: prepared, replaced } = prepareNetwork(network, { bias: "keep" });
    expect(replaced.every(({ exact }) => exact)).toBe(true);
    const images = labelled(set, 60, raw);
    expect(floatAccuracy(prepared, images)).toEqual(floatAccuracy(network, images));
    const scales = calibrate(prepared, inputs(set, 40, raw));
    const spiking = spikingNetwork(prepared, scales, { steps: 16, rate: 4 });
    const currents = { ...images, values: (i: number) => imageToCurrent(set.image(i), { ...raw, steps: 16 }) };
    expect(spikingAccuracy(spiking, currents, 16).accuracy).toBeGreaterThan(0.85);
    const nir = await readNir(await writeNir(spiking), "net.nir");
    const { layers } = mapNetwork(nir, await loadDevice("virtual"));
    expect(layers).toHaveLength(10);
    const speck = await loadDevice("speck2f");
    const error = thrown(() => mapNetwork(nir, speck));
    expect(error.code).toBe("E_NO_PLACEMENT");
    expect(error.message).toContain("kernel words");
  });
});
