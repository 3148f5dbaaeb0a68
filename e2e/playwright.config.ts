import { defineConfig } from '@playwright/test';

/** Every test starts its own viewer on a profile of its own; a worker shares one simulator, reset before each test. */
export default defineConfig({
  testDir: '.',
  outputDir: '../out/e2e',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  use: { actionTimeout: 15_000 },
});
