import { z } from "zod";
import type { DataSpec, Phase, Recipe, SynOpTerm } from "./recipe.ts";
import type { LayerSpec, ModelSpec } from "./spec.ts";

// Checks recipes, and makes src/trainer/recipes/recipe.schema.json for editors. Only ever imported dynamically, since zod
// takes a tenth of a second to load.

const positive = z.int().min(1);
const positiveNumber = z.number().gt(0);
const count = z.int().min(0);
const share = z.number().gt(0).lt(1);
const about = <T extends z.ZodType>(type: T, description: string): T => type.meta({ description });
const maybe = <T extends z.ZodType>(type: T, description: string) => type.exactOptional().meta({ description });

const name = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]*$/, "use letters, digits, _ and -, a letter first")
  .exactOptional();

const testShare = maybe(share, "Part of each class that is set aside as test. Default 0.2.");
const polarity = maybe(
  z.enum(["merge", "split"]),
  "merge: one feature (default); split: OFF and ON, one feature each.",
);
const eventsPerFrame = about(positive, "Events a frame; a remainder is dropped.");

const data = z.discriminatedUnion("type", [
  z.strictObject({
    type: about(z.literal("events"), "Recordings of an event camera, cut into frames."),
    eventsPerFrame,
    polarity,
    downsample: maybe(positive, "Addresses are divided by it. Default 1."),
    testShare,
  }),
  z.strictObject({
    type: about(z.literal("images"), "Images, fed as currents."),
    normalize: maybe(z.enum(["0..1", "-1..1"]), "Range of the pixel values. Default 0..1."),
    crop: maybe(count, "Border from which random crops are taken while training. Default 0."),
    flip: maybe(z.boolean(), "Mirror images at random while training. Default false."),
    testShare,
  }),
  z.strictObject({
    type: about(z.literal("simulated"), "Recordings that the program simulates."),
    perClass: about(positive, "Recordings a class, train and test together."),
    figures: maybe(z.enum(["bars", "digits"]), "What is drawn. Default bars."),
    eventsPerFrame,
    polarity,
    testShare,
  }),
]) satisfies z.ZodType<DataSpec>;

const fanOut = maybe(
  z.number().min(0),
  "SynOps that one spike of this layer costs, in place of what follows from the network.",
);
const rate = about(z.number().min(0).lt(1), "Probability of being dropped.");
const size = about(positive, "Side of the window; windows do not overlap.");

const layer = z.discriminatedUnion("type", [
  z.strictObject({
    type: about(z.literal("conv"), "Convolution without bias, and spiking neurons."),
    name,
    features: positive,
    kernel: about(positive, "Side of the square kernel."),
    stride: maybe(positive, "Default 1."),
    padding: maybe(count, "Default 0."),
    fanOut,
  }),
  z.strictObject({
    type: about(z.literal("linear"), "Linear layer without bias, and spiking neurons."),
    name,
    features: positive,
    fanOut,
  }),
  z.strictObject({ type: z.literal("averagePool"), name, size }),
  z.strictObject({ type: z.literal("sumPool"), name, size }),
  z.strictObject({ type: about(z.literal("dropout"), "Drops single values while training."), rate }),
  z.strictObject({ type: about(z.literal("spatialDropout"), "Drops whole feature maps while training."), rate }),
]) satisfies z.ZodType<LayerSpec>;

const network = z.strictObject({
  input: about(z.tuple([positive, positive, positive]), "[features, height, width]"),
  layers: about(z.array(layer).min(1), "From the input to the output."),
  initial: maybe(z.enum(["kaimingUniform", "kaimingNormal"]), "First weights. Default kaimingUniform."),
  fanOut: maybe(
    z.enum(["estimate", "exact"]),
    "What a spike costs: k * k * features / stride^2 of the next layer (default), or the taps it causes, borders counted.",
  ),
  countInput: maybe(z.boolean(), "Input values are events that cost SynOps. Default true; false for images."),
  lowerBound: maybe(
    z.union([z.number().negative(), z.literal("none")]),
    "Lower bound of the exported membranes, in thresholds. Default none: as low as 16 bits reach.",
  ),
  oneSpikePerEvent: maybe(
    z.boolean(),
    "Keeps weights at or below the threshold, so that no neuron needs two spikes for one event, which the chip cannot give.",
  ),
  logitScale: maybe(
    positiveNumber,
    "Factor on the logits in the cross entropy; 0.1, say, where spikes are summed over a map. Default 1.",
  ),
  silentSlope: maybe(
    z.number().min(0).max(1),
    "While training, logits get this factor times what the last membranes have below zero, so that silent classes learn. Default 0.",
  ),
}) satisfies z.ZodType<ModelSpec>;

const epochs = z.number().min(0);

const synOps = z
  .strictObject({
    target: maybe(positiveNumber, "S0: adds ((S - S0) / S0)^2, S in SynOps a sample."),
    alpha: maybe(positiveNumber, "Adds alpha * S."),
    weighting: maybe(z.enum(["fanOut", "none"]), "fanOut: S counts SynOps (default); none: spikes, an L1 penalty."),
    weight: maybe(positiveNumber, "Factor on the whole term. Default 1."),
    rampEpochs: maybe(epochs, "Epochs over which the weight rises from 0. Default 0."),
    approachEpochs: maybe(
      epochs,
      "Epochs over which the target moves from the S at the phase's start to S0. Default 0.",
    ),
    layers: maybe(
      z.record(
        z.string(),
        z.strictObject({
          target: maybe(positiveNumber, "Adds ((S_l - target) / target)^2."),
          limit: maybe(positiveNumber, "Adds (max(0, S_l - limit) / limit)^2."),
        }),
      ),
      "Budgets of layers, by name.",
    ),
    rateLimit: maybe(
      z.strictObject({
        perSecond: about(positiveNumber, "SynOps a second that a core can do."),
        sampleSeconds: about(positiveNumber, "How long a sample lasts."),
      }),
      "A rate that no layer may exceed.",
    ),
  })
  .meta({
    description: "The part of the loss that has the network spend SynOps as one wants.",
  }) satisfies z.ZodType<SynOpTerm>;

const phase = z.strictObject({
  name: z.string().min(1),
  epochs: positive,
  learningRate: positiveNumber,
  decayAt: maybe(z.array(count), "Epochs of this phase at whose start the learning rate is multiplied by decayBy."),
  decayBy: maybe(share, "Default 0.1."),
  activations: maybe(
    z.enum(["quantized", "plain"]),
    "quantized: floor(max(0, x)) (default); plain: ReLUs, none behind the last layer.",
  ),
  weights: maybe(z.enum(["float", "int8"]), "int8: rounded as the chip will have them. Default float."),
  equalize: maybe(
    positiveNumber,
    "At the phase's start one layer after the other is scaled so that its active neurons get this on the mean; 2 or 3 keeps floors from swallowing a deep network.",
  ),
  scaleFirst: maybe(positiveNumber, "Factor on the first layer's weights at the phase's start."),
  scaleLast: maybe(positiveNumber, "Factor on the last layer's weights at the phase's start."),
  synOps: synOps.exactOptional(),
}) satisfies z.ZodType<Phase>;

export const recipeSchema = z
  .strictObject({
    $schema: z.string().exactOptional(),
    name: about(z.string().min(1), "What the results are called."),
    description: z.string().exactOptional(),
    data,
    network,
    batch: about(positive, "Samples a step, over all workers."),
    weightDecay: maybe(z.number().min(0), "L2 penalty added to the gradients. Default 0."),
    phases: about(z.tuple([phase], phase), "One after the other, each from the weights of the one before."),
    evaluation: z
      .strictObject({
        everyEpochs: maybe(positive, "Default 1."),
        samples: maybe(positive, "The first so many samples of the test set. Default: all."),
      })
      .exactOptional(),
  })
  .meta({ title: "Spikewright training recipe" }) satisfies z.ZodType<Recipe>;

/** Something wrong at one place of a recipe. */
export interface RecipeProblem {
  readonly path: readonly (string | number)[];
  /** Without the place: `is missing`, `must be ...`. */
  readonly text: string;
}

const MISSING = "is missing";

/** The recipe, without `$schema`, or every problem: what is wrong before what is missing. */
export function parseRecipe(
  content: unknown,
): { readonly recipe: Recipe } | { readonly problems: readonly RecipeProblem[] } {
  const result = recipeSchema.safeParse(content);
  if (!result.success) {
    // A misspelt field is also missing under its right name: what is there comes first, since it says more.
    const problems = result.error.issues.flatMap(problemsOf);
    return { problems: problems.sort((a, b) => Number(a.text === MISSING) - Number(b.text === MISSING)) };
  }
  const { $schema: _, ...recipe } = result.data;
  return { recipe };
}

function problemsOf(issue: z.core.$ZodIssue): RecipeProblem[] {
  const path = issue.path as (string | number)[];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: [...path, key], text: "is not a known field" }));
  if (issue.code === "invalid_union" && "discriminator" in issue)
    return [{ path, text: `must be one of ${typesOf(path).join(", ")}` }];
  if (issue.message.endsWith("received undefined")) return [{ path, text: MISSING }];
  const reason = issue.message
    .replace(/^Invalid (input|option|string): /, "")
    .replace("expected int, received number", "expected a whole number")
    .replace(/^Too (?:small|big): expected \w+ to/, "it has to");
  return [{ path, text: `is wrong: ${reason}` }];
}

function typesOf(path: readonly PropertyKey[]): readonly string[] {
  const union = path[0] === "data" ? data : layer;
  return union.options.map((option) => [...option.shape.type.values][0] as string);
}

/** The JSON schema of a recipe, as the text of src/trainer/recipes/recipe.schema.json. */
export function recipeJsonSchema(): string {
  return JSON.stringify(z.toJSONSchema(recipeSchema), null, 2) + "\n";
}
