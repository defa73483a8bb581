import { defineConfig } from "vitest/config";

// The same tests with their full counts (SPIKEWRIGHT_SOAK); finished shards are noted in .soak, so a killed run goes on.
export default defineConfig({
  test: {
    include: ["test/property/**/*.test.ts", "test/unit/**/*fuzz*.test.ts"],
    globalSetup: ["./test/support/fresh-kernels.ts"],
    reporters: ["default", "./test/support/count-reporter.ts"],
    testTimeout: 6 * 3600_000,
    maxWorkers: 2,
    disableConsoleIntercept: true,
  },
});
