import { defineConfig } from '@playwright/test';

/** Where pictures of the screens are wanted, and no tests. */
const wantsPictures = process.env['CPIS_VIEWER_PICTURES'] !== undefined;
/** There when the runner has built packages; `npm test` always has. */
const hasPackages = process.env['CPIS_VIEWER_PACKAGED'] !== undefined;

/** A worker shares one simulator, reset before each test, and one viewer among the tests that can (`shared-viewer.ts`). */
export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../out/e2e',
  snapshotPathTemplate: '{testDir}/access/accessibility-tree/{arg}{ext}',
  fullyParallel: true,
  // One more than the cores of a small machine, since each waits for its viewer now and then.
  workers: 3,
  // `npm test` names each test that passed only at its second attempt.
  retries: 1,
  forbidOnly: true,
  // Far above what a test needs alone: on a busy machine it takes longer, and a test that passes waits for none of these.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  use: { actionTimeout: 20_000 },
  projects: [
    ...(wantsPictures ? [{ name: 'pictures', testMatch: 'pictures/**' }] : []),
    { name: 'viewer', testIgnore: ['package/**', 'pictures/**'] },
    // The same journeys, launches, updates and audit commands in the packaged viewer (see `viewerCommand`), and what only a
    // package can show.
    ...(hasPackages
      ? [
          {
            name: 'package',
            testMatch: [
              '{package,journeys,launch}/**/*.spec.ts',
              'updates/updates.spec.ts',
              'audit/command.spec.ts',
            ],
          },
        ]
      : []),
  ],
});
