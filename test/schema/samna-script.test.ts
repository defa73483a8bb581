import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { loadDevice } from "../../src/device/catalogue.ts";
import { mapNetwork } from "../../src/mapper/map-network.ts";
import { toSamna } from "../../src/mapper/samna.ts";
import { mnistDvsNet } from "../support/published-networks.ts";
import { hasTool } from "../support/tools.ts";

const folder = mkdtempSync(join(tmpdir(), "spikewright-samna-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/**
 * Objects with the fields that the vendor's documentation lists, and no others. samna itself is not to be had here; what
 * this shows is that the README's script finds a place for every value, not that the place is right.
 */
const STAND_IN = `
from types import SimpleNamespace

class Fixed(SimpleNamespace):
    def __setattr__(self, name, value):
        assert hasattr(self, name), name
        super().__setattr__(name, value)

def xy(): return Fixed(x=0, y=0)
def shape(): return Fixed(feature_count=0, size=xy())
def layer():
    return Fixed(biases=[], destinations=[Fixed(enable=False, layer=0, pooling=1, feature_shift=0) for _ in range(2)],
        dimensions=Fixed(input_shape=shape(), output_shape=shape(), kernel_size=0, padding=xy(), stride=xy()),
        input_congestion_balancer_enable=False, leak_enable=False, leak_internal_slow_clk_enable=False,
        monitor_enable=False, neurons_initial_value=[], output_decimator_enable=False, output_decimator_interval=0,
        return_to_zero=False, threshold_high=0, threshold_low=0, weights=[])

def SpeckConfiguration():
    return Fixed(cnn_layers=[layer() for _ in range(9)],
        dvs_layer=Fixed(cut=xy(), destinations=[Fixed(enable=False, layer=0, feature_shift=0) for _ in range(2)],
            merge=False, mirror=xy(), mirror_diagonal=False, monitor_enable=False, off_channel=False, on_channel=False,
            origin=xy(), pass_sensor_events=False, pooling=xy(), raw_monitor_enable=False),
        dvs_filter=Fixed(enable=False, filter_size=xy(), hot_pixel_filter_enable=False, internal_slow_clk=False,
            low_pass_mode_enable=False, threshold=0),
        factory_config=Fixed(internal_slow_clk_divider=0))

configuration = SimpleNamespace(SpeckConfiguration=SpeckConfiguration)

def validate_configuration(config):
    used = [(i, l.threshold_high, len(l.weights)) for i, l in enumerate(config.cnn_layers) if l.weights]
    return False, f"{used} {config.dvs_layer.cut.x}"
`;

test.skipIf(!hasTool("python3", "--version"))("the README's script sets every field of a configuration", async () => {
  const readme = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
  const script = [...readme.matchAll(/```python\n(.*?)```/gs)]
    .map(([, text]) => text)
    .find((text) => text.includes("samna"));
  const { spec, hash } = await loadDevice("speck2f");
  const { config } = mapNetwork(mnistDvsNet().network, { spec, hash });
  mkdirSync(join(folder, "samna"));
  writeFileSync(join(folder, "samna/__init__.py"), "");
  writeFileSync(join(folder, "samna/speck2f.py"), STAND_IN);
  writeFileSync(join(folder, "load.py"), script!);
  writeFileSync(join(folder, "out.json"), JSON.stringify(toSamna(config, spec)));
  const output = execFileSync("python3", ["load.py", "out.json"], { cwd: folder, encoding: "utf8" });
  const used = [...config.cores]
    .sort((a, b) => a.core - b.core)
    .map(({ core, thresholdHigh, outputShape }) => `(${core}, ${thresholdHigh}, ${outputShape[0]})`);
  expect(output).toBe(`[${used.join(", ")}] 63\n`);
});
