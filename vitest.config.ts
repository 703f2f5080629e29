import { defineConfig } from "vitest/config";

// Forks, not threads: a native addon that crashes must take down one test file and name it. Two at a time.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    globalSetup: ["test/setup/build-dist.ts"],
  },
});
