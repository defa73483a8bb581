import { type Command, InvalidArgumentError } from "commander";
import { CALIBRATED, type CalibratedPrice } from "../energy/calibrate.ts";
import type { BoardFlags } from "./commands/board.ts";
import type { CalibrateFlags } from "./commands/calibrate.ts";
import type { CompareFlags } from "./commands/compare.ts";
import type { MonitorFlags } from "./commands/monitor.ts";
import type { RunFlags } from "./commands/run.ts";
import type { CommandContext } from "./context.ts";
import { add, choice, OWN_DEVICE, positiveInteger, run } from "./define.ts";
import type { PortFlags } from "./port-chip.ts";
import { recordingOptions } from "./read-flags.ts";

const PORT =
  "serial:/dev/ttyACM0?baud=921600 | tcp://host:port | exec:COMMAND | emulator: | virtual: (default: SPIKEWRIGHT_PORT)";
const CHIP = "the chip.pb to run; sent unless the board runs it already (default: what was deployed)";

/** Boards, real and virtual: `ports`, `deploy`, `run`, `monitor`, `compare`, `board`. */
export function addLinkCommands(program: Command): void {
  add(program, "ports", "list the serial ports that are there, with USB ids").action(
    run(() => import("./commands/ports.ts").then((m) => m.ports())),
  );

  add(program, "deploy <chip>", "put a configuration on a board")
    .option("--port <url>", PORT)
    .option("--device <name>", OWN_DEVICE)
    .action(
      run((chip: string, options: PortFlags, context: CommandContext) =>
        import("./commands/deploy.ts").then((m) => m.deploy(chip, options, context)),
      ),
    );

  recordingOptions(add(program, "run", "run one recording on a board"))
    .option("--port <url>", PORT)
    .requiredOption("--events <file>", "recording")
    .option("--chip <file>", CHIP)
    .option("--device <name>", OWN_DEVICE)
    .option("--energy <preset>", "energy preset of the device, or a file", "literature")
    .option("--monitor <layer...>", "also keep the spikes of these layers")
    .option("--duration <time>", "duration for idle energy and rates, instead of last minus first event")
    .option("-o, --output <out.npz>", "write output and monitored events")
    .option("--force", "replace an existing output")
    .action(
      run((options: RunFlags, context: CommandContext) =>
        import("./commands/run.ts").then((m) => m.run(options, context)),
      ),
    );

  recordingOptions(add(program, "monitor", "watch a board: counters, rates and power, live"))
    .option("--port <url>", PORT)
    .option("--chip <file>", CHIP)
    .option("--device <name>", OWN_DEVICE)
    .option("--events <file>", "also feed it this recording")
    .option("--loop", "... again and again")
    .option("--interval <time>", "time between two looks", "500ms")
    .option("--samples <n>", "stop after so many looks", positiveInteger)
    .option("--once", "one look, then stop (for CI)")
    .option("--jsonl", "print one JSON document a look, each on its own line")
    .option("-o, --output <samples.jsonl>", "also write the looks to a file, as `calibrate` reads it")
    .option("--force", "replace an existing output")
    .action(
      run((options: MonitorFlags, context: CommandContext) =>
        import("./commands/monitor.ts").then((m) => m.monitor(options, context)),
      ),
    );

  recordingOptions(add(program, "compare <chip>", "run one recording on two chips and find the first difference"))
    .requiredOption("--events <file>", "recording")
    .option("--left <url>", "port of the one side", "emulator:")
    .option("--right <url>", `port of the other side: ${PORT}`)
    .option("--device <name>", OWN_DEVICE)
    .option("--tolerance <fraction>", "largest relative difference of a layer's spikes that passes", fraction, 0)
    .option("--as-is", "do not deploy: compare with what the boards run now")
    .action(
      run((chip: string, options: CompareFlags, context: CommandContext) =>
        import("./commands/compare.ts").then((m) => m.compare(chip, options, context)),
      ),
    );

  add(program, "calibrate <samples...>", "energy prices from measured power, for --energy")
    .option("-o, --output <energy.json>", "write them as an energy preset")
    .option("--prices <name...>", `prices to find: ${CALIBRATED.join(", ")}`, prices)
    .option("--title <text>", "what the preset is called in reports")
    .option("--force", "replace an existing output")
    .action(
      run((files: string[], options: CalibrateFlags, context: CommandContext) =>
        import("./commands/calibrate.ts").then((m) => m.calibrate(files, options, context)),
      ),
    );

  add(program, "board", "be a virtual board, until Ctrl-C")
    .option("--listen <place>", "pty, pty:PATH or tcp://HOST:PORT (port 0: any free one)")
    .option("--stdio", "speak over standard input and output")
    .option("--device <name>", "the chip that it carries (default: speck2f)")
    .option("--chip <file>", "the configuration that it starts with")
    .option(
      "--pace <how>",
      "free: events as they come; realtime: when their time has come",
      choice("free", "realtime"),
      "free",
    )
    .option("--timing", "runs take time: queues, back-pressure, real time stamps")
    .option("--strict", "saturation, residues and drops fail a run")
    .option(
      "--fault <list>",
      "faults of the line: drop=0.01,corrupt=0.001,burst=20,delay=5ms,stall=200ms,disconnect@12345",
    )
    .action(
      run((options: BoardFlags, context: CommandContext) =>
        import("./commands/board.ts").then((m) => m.board(options, context)),
      ),
    );
}

/** Commander calls this once a name. */
function prices(name: string, before: readonly CalibratedPrice[] = []): readonly CalibratedPrice[] {
  const known = CALIBRATED.find((price) => price === name);
  if (known === undefined) throw new InvalidArgumentError(`one of: ${CALIBRATED.join(", ")}.`);
  return [...before, known];
}

function fraction(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value < Number.POSITIVE_INFINITY))
    throw new InvalidArgumentError("give a fraction, such as 0.01 for 1 %.");
  return value;
}
