import type { WordNeed } from "../device/memory.ts";
import type { CoreFit, FitMatrix } from "../mapper/fit.ts";
import { formatTable } from "./table.ts";

/** One letter a memory that is too small. */
const LETTERS = { kernelWords: "K", neuronWords: "N", leakWords: "L" } as const;

/** Boards have more cores than a line has room for: beyond this, cores with equal memories share a column. */
const MOST_COLUMNS = 16;

/**
 * The layer x core matrix for people: how full a core would be, and which memory is too small where a layer does not fit.
 *
 * @param coreOf the cores that were chosen, by layer, to be marked
 */
export function formatFitMatrix(fits: FitMatrix, coreOf?: ReadonlyMap<string, number>): string {
  const columns = columnsOf(fits.layers[0]?.cores ?? []);
  const table = formatTable(
    [
      { title: "layer" },
      { title: "kernel", align: "right" },
      { title: "neuron", align: "right" },
      { title: "leak", align: "right" },
      ...columns.map(({ title }) => ({ title, align: "right" as const })),
      { title: "breaks on every core" },
    ],
    fits.layers.map(({ layer, need, breaches, cores }) => [
      layer.name,
      need.kernelWords,
      need.neuronWords,
      need.leakWords,
      ...columns.map(({ places }) => {
        const chosen = places.some((place) => cores[place].core === coreOf?.get(layer.name));
        return `${cellOf(cores[places[0]], need, breaches.length > 0)}${chosen ? "*" : ""}`;
      }),
      breaches.map(({ rule, need: n, limit }) => `${rule} ${n} > ${limit}`).join("; ") || "",
    ]),
  );
  const legend = "%: fits, and fills its fullest memory so far; K, N, L: too few kernel, neuron, leak words";
  return `${table}\n${legend}; -: a rule of the chip is broken${coreOf ? "; *: chosen" : ""}`;
}

interface Column {
  readonly title: string;
  /** Places in the list of cores. */
  readonly places: readonly number[];
}

function columnsOf(cores: readonly CoreFit[]): readonly Column[] {
  if (cores.length <= MOST_COLUMNS) return cores.map(({ core }, place) => ({ title: `c${core}`, places: [place] }));
  const kinds = new Map<string, number[]>();
  cores.forEach(({ have }, place) => {
    const key = `${have.kernelWords} ${have.neuronWords} ${have.leakWords}`;
    kinds.set(key, [...(kinds.get(key) ?? []), place]);
  });
  return [...kinds.values()].map((places) => ({ title: `${places.length} like c${cores[places[0]].core}`, places }));
}

function cellOf(fit: CoreFit, need: WordNeed, broken: boolean): string {
  if (fit.fits) return fullest(need, fit.have);
  return fit.shortages.map(({ rule }) => LETTERS[rule]).join("") || (broken ? "-" : "?");
}

/** `63%`: the share of the fullest memory, rounded up, so that 100% means full. */
function fullest(need: WordNeed, have: WordNeed): string {
  const shares = (["kernelWords", "neuronWords", "leakWords"] as const).map((memory) =>
    have[memory] === 0 ? 0 : need[memory] / have[memory],
  );
  return `${Math.ceil(100 * Math.max(...shares))}%`;
}
