// npm run golden -- DIR: runs every golden case through the emulator's timestep mode and compares every number.
import { goldenCommand } from "./command.ts";

process.exitCode = goldenCommand(
  process.argv.slice(2),
  (text) => process.stdout.write(text),
  (text) => process.stderr.write(text),
);
