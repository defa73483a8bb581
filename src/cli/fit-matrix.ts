import type { CoreFit, FitMatrix } from "../mapper/fit.ts";
import { formatTable } from "./table.ts";

/** One letter a memory that is too small; `ok` where the layer fits. */
const LETTERS = { kernelWords: "K", neuronWords: "N", leakWords: "L" } as const;

/** The layer x core matrix for people: where a layer fits, and which memory is too small where it does not. */
export function formatFitMatrix(fits: FitMatrix): string {
  const cores = fits.layers[0]?.cores ?? [];
  const cell = (fit: CoreFit, broken: boolean): string => {
    if (fit.fits) return "ok";
    return fit.shortages.map(({ rule }) => LETTERS[rule]).join("") || (broken ? "-" : "?");
  };
  const table = formatTable(
    [
      { title: "layer" },
      { title: "kernel", align: "right" },
      { title: "neuron", align: "right" },
      { title: "leak", align: "right" },
      ...cores.map(({ core }) => ({ title: `c${core}`, align: "right" as const })),
      { title: "breaks on every core" },
    ],
    fits.layers.map(({ layer, need, breaches, cores: row }) => [
      layer.name,
      need.kernelWords,
      need.neuronWords,
      need.leakWords,
      ...row.map((fit) => cell(fit, breaches.length > 0)),
      breaches.map(({ rule, need: n, limit }) => `${rule} ${n} > ${limit}`).join("; ") || "",
    ]),
  );
  return `${table}\nok: fits; K, N, L: too few kernel, neuron, leak words; -: a rule of the chip is broken`;
}
