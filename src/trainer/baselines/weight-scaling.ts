import { ChipError } from "../../errors.ts";
import type { Network } from "../../network/types.ts";
import { multiplyWeights, weightChain } from "./weight-chain.ts";

/**
 * First-layer scaling (Sorbaro et al. 2020, "weight scaling"): the first layer's weights times rho make all layers behind
 * it spike about rho times as often, since every ReLU is linear above zero.
 *
 * @param rho above 0; the paper takes 0.10 to 0.95
 * @param options.restoreLast true: the last layer's weights are divided by rho, so that the answers keep their size (the
 *   paper's text; its code leaves them)
 * @throws ChipError E_OPTION, E_UNSUPPORTED
 */
export function scaleFirstLayer(
  network: Network,
  rho: number,
  { restoreLast = false }: { readonly restoreLast?: boolean } = {},
): Network {
  if (!(rho > 0 && Number.isFinite(rho)))
    throw new ChipError("E_OPTION", `rho is ${rho}; give a factor above 0, such as 0.5.`);
  const chain = weightChain(network);
  if (chain.length === 0) throw new ChipError("E_UNSUPPORTED", "the network has no weights to scale.");
  const factors = new Map([[chain[0].name, rho]]);
  const last = chain[chain.length - 1].name;
  if (restoreLast) factors.set(last, (factors.get(last) ?? 1) / rho);
  return multiplyWeights(network, factors);
}
