import type { EnergyReport } from "../energy/energy.ts";
import { formatSi } from "../units.ts";

/** Energy lines for people: dynamic and static apart, the price and the weakest evidence beside them. */
export function formatEnergy(energy: EnergyReport): readonly (readonly [string, string])[] {
  return [
    [
      "energy",
      `${formatSi(energy.totalJ, "J")} estimated (dynamic ${formatSi(energy.dynamicJ, "J")}, static ${formatSi(energy.staticJ, "J")})`,
    ],
    ["price", `preset ${energy.model}: ${formatSi(energy.perSynOpJ, "J")} a SynOp, evidence: ${energy.evidence}`],
    ["idling", `${formatSi(energy.idleJ, "J")} over the same time, evidence: ${energy.idleEvidence}`],
  ];
}
