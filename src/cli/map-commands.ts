import type { Command } from "commander";
import type { CommandContext } from "./context.ts";
import { add, choice, inputShape, OWN_DEVICE, positiveInteger, run } from "./define.ts";

export interface MapFlags {
  readonly device: string;
  readonly output: string;
  readonly quantize: "default" | "sinabs";
  readonly objective: "load" | "cores" | "latency";
  readonly split: "auto" | "never";
  readonly inputShape?: readonly [number, number, number];
  readonly calibrate?: string;
  readonly limit: number;
  readonly samna?: string;
  readonly explain?: boolean;
}
export interface ReportFlags {
  readonly device?: string;
  readonly output: string;
  readonly load?: string;
}

/** Networks onto chips, and what that looks like. */
export function addMapCommands(program: Command): void {
  add(program, "map <net>", "quantize a network (.nir) and place it on a chip: writes chip.pb")
    .requiredOption("--device <name>", "chip, by name or device file")
    .requiredOption("-o, --output <chip.pb>", "where the configuration goes")
    .option("--quantize <rule>", "default | sinabs", choice("default", "sinabs"), "default")
    .option(
      "--objective <what>",
      "load | cores | latency: what the placement is best at",
      choice("load", "cores", "latency"),
      "load",
    )
    .option(
      "--split <when>",
      "auto | never: layers that fit no free core go onto several",
      choice("auto", "never"),
      "auto",
    )
    .option("--input-shape <f,h,w>", "input shape, when the network does not say", inputShape)
    .option(
      "--calibrate <set>",
      "recordings (a labelled set, or one file) to measure the load with, instead of estimating it",
    )
    .option("--limit <n>", "the first n recordings of --calibrate only", positiveInteger, 20)
    .option("--samna <out.json>", "also write the configuration in the vendor's layout")
    .option("--explain", "show which layer fits which core, and why not")
    .option("--force", "replace existing outputs")
    .action(
      run((net: string, options: MapFlags, context: CommandContext) =>
        import("./commands/map.ts").then((m) => m.map(net, options, context)),
      ),
    );

  add(
    program,
    "report <chip>",
    "floorplan with memory use, load and routes, as one page: of a chip.pb or a folder that holds one",
  )
    .requiredOption("-o, --output <report.html>", "where the page goes")
    .option("--device <name>", OWN_DEVICE)
    .option(
      "--load <file>",
      "measured load: what emulate --json or evaluate --json printed, or the folder of evaluate -o",
    )
    .option("--force", "replace an existing output")
    .action(
      run((chip: string, options: ReportFlags, context: CommandContext) =>
        import("./commands/report.ts").then((m) => m.report(chip, options, context)),
      ),
    );
}
