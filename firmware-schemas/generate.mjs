// Generates src/wire/generated from the schemas in this folder; what it writes is committed.
//
//   node firmware-schemas/generate.mjs [OUTPUT_FOLDER]
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const output = process.argv[2] ?? join(root, "src/wire/generated");

// Only what the codec uses: encode and decode. Each schema gets a protobufjs root of its own (-r), because generated
// modules that share the default root overwrite each other's types.
const leftOut = ["create", "verify", "convert", "delimited", "typeurl", "service"].map((part) => `--no-${part}`);

mkdirSync(output, { recursive: true });
for (const schema of ["chip", "link"]) {
  execFileSync(
    process.execPath,
    [
      join(root, "node_modules/protobufjs-cli/bin/pbjs"),
      ...["--target", "static-module", "--wrap", "esm", "--dts", "--root", `spikewright_${schema}`],
      ...leftOut,
      ...["--out", join(output, `${schema}.js`), join(root, "firmware-schemas", `${schema}.proto`)],
    ],
    { stdio: "inherit" },
  );
}
