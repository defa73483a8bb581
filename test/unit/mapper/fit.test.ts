import { describe, expect, it } from "vitest";
import { loadDevice } from "../../../src/device/catalogue.ts";
import { fitMatrix } from "../../../src/mapper/fit.ts";
import { quantize } from "../../../src/quantize/quantize.ts";
import { cifarNet, largeNet, leNet, mnistDvsNet } from "../../support/published-networks.ts";

const speck = await loadDevice("speck2f");

describe("fitMatrix", () => {
  it.each([
    ["the nine-layer net of sinabs' tests", largeNet()],
    ["LeNet", leNet()],
    ["the MNIST-DVS net", mnistDvsNet()],
    ["the CIFAR-10 All-ConvNet", cifarNet()],
  ])("gives the published words and cores for %s", (_, { network, expected }) => {
    const { layers, input } = fitMatrix(quantize(network), speck.spec);
    expect(input).toEqual([]);
    expect(
      layers.map(({ need, cores }) => [
        need.kernelWords,
        need.neuronWords,
        cores.filter(({ fits }) => fits).map(({ core }) => core),
      ]),
    ).toEqual(expected);
  });

  it("says for every core what is short", () => {
    const [, , , , , sixth] = fitMatrix(quantize(largeNet().network), speck.spec).layers;
    expect(sixth.cores[0]).toMatchObject({
      core: 0,
      fits: false,
      shortages: [{ rule: "kernelWords", need: 65_536, limit: 16_384 }],
    });
    expect(sixth.cores[5]).toMatchObject({
      core: 5,
      fits: true,
      shortages: [],
      have: { kernelWords: 65_536, neuronWords: 16_384, leakWords: 1024 },
    });
  });
});
