import { formatShape } from "../../network/types.ts";
import { layOut, type SpikeSource } from "../../trainer/layout.ts";
import { loadRecipe } from "../../trainer/load-recipe.ts";
import { formatCount, formatSi } from "../../units.ts";
import type { CommandResult } from "../context.ts";
import { bold, formatFields, formatTable } from "../table.ts";

/** `inspect RECIPE`: what it trains, and what its network costs. */
export async function inspectRecipe(file: string): Promise<CommandResult> {
  const recipe = await loadRecipe(file);
  const { layers, sources, macs, parameters } = layOut(recipe.network);
  const rows = sources.map((source, i) => ({
    name: source.name,
    shape: source.shape,
    weights: layers[i - 1] === undefined ? 0 : (layers[i - 1]?.fanIn ?? 0) * source.shape[0],
    macs: layers[i - 1]?.macs ?? 0,
    fanOut: meanFanOut(source),
  }));
  const table = formatTable(
    [{ title: "layer" }, ...["map", "weights", "MACs", "fan-out"].map((title) => ({ title, align: "right" as const }))],
    rows.map((row) => [
      row.name,
      formatShape(row.shape),
      formatCount(row.weights),
      formatCount(row.macs),
      Number(row.fanOut.toFixed(1)),
    ]),
  );
  const phases = recipe.phases.map(({ name, epochs, synOps }) => ({ name, epochs, target: synOps?.target ?? null }));
  return {
    json: { kind: "recipe", name: recipe.name, data: recipe.data, parameters, macs, layers: rows, phases },
    text: [
      bold(`${file}: recipe ${recipe.name}`),
      formatFields([
        ["data", recipe.data.type],
        ["network", `${formatCount(parameters)} weights, ${formatSi(macs, "MACs")} a sample`],
        ["batch", recipe.batch],
        ...phases.map(({ name, epochs, target }) => {
          const aim = target === null ? "" : `, to ${formatSi(target, "SynOps")}`;
          return [`phase ${name}`, `${epochs} epochs${aim}`] as const;
        }),
      ]),
      "",
      table,
    ].join("\n"),
  };
}

function meanFanOut({ fanOut }: SpikeSource): number {
  return typeof fanOut === "number" ? fanOut : fanOut.reduce((sum, taps) => sum + taps, 0) / fanOut.length;
}
