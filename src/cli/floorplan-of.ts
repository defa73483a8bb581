import type { ChipConfig, Destination } from "../chip/config.ts";
import { layerWords } from "../chip/layer.ts";
import type { DeviceSpec } from "../device/types.ts";
import { formatShape } from "../network/types.ts";
import type { Floorplan, FloorplanRoute } from "../report/types.ts";
import { type ChipLoad, groupOf } from "./chip-load.ts";

/** What the drawing needs of a configuration. */
export function floorplanOf(config: ChipConfig, spec: DeviceSpec, load: ChipLoad): Floorplan {
  const layers = config.cores.map((core) => {
    const own = spec.cores.find(({ id }) => id === core.core)!;
    const need = layerWords(core);
    const stride = core.stride[0] === core.stride[1] ? `${core.stride[0]}` : core.stride.join("x");
    return {
      core: core.core,
      name: core.layer,
      group: groupOf(core.layer, config),
      output: formatShape(core.outputShape),
      kernel: `${core.kernelSize.join("x")}, stride ${stride}`,
      kernelWords: { need: need.kernelWords, have: own.kernelWords.value },
      neuronWords: { need: need.neuronWords, have: own.neuronWords.value },
      leakWords: { need: need.leakWords, have: own.leakWords.value },
      load: load.taps.get(core.core) ?? 0,
      isOutput: config.outputs.some((output) => output.core === core.core),
    };
  });
  return {
    device: spec.title,
    cores: spec.cores.map(({ id, chip = 0, units }) => ({ id, chip, units: units.value })),
    layers,
    input: formatShape(config.input.shape),
    routes: routesOf(config),
    loadTitle: load.title,
  };
}

/** Routes between whole layers; those between parts are drawn as one. */
function routesOf(config: ChipConfig): FloorplanRoute[] {
  const groupOfCore = new Map(config.cores.map(({ core, layer }) => [core, groupOf(layer, config)]));
  const found = new Map<string, FloorplanRoute>();
  const collect = (from: string, destinations: readonly Destination[], shiftTold: boolean): void => {
    for (const { core, pooling, featureShift } of destinations) {
      const to = groupOfCore.get(core) ?? "";
      const shift = shiftTold && featureShift > 0 ? `features +${featureShift}` : "";
      const label = [pooling > 1 ? `pool ${pooling}` : "", shift].filter((text) => text !== "").join(", ");
      found.set(`${from} ${to} ${label}`, { from, to, label });
    }
  };
  collect("input", config.input.destinations, true);
  for (const { layer, destinations } of config.cores) {
    const group = groupOf(layer, config);
    // The shift of a part is where it stands in its layer, not where the layer goes.
    collect(group, destinations, group === layer);
  }
  return [...found.values()];
}
