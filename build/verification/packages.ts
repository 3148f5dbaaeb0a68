/**
 * The packages that `npm test` makes and tries: the release as a clinician would get it, and the test flavour, which
 * differs in the one fuse that lets Playwright in. The training edition is made and read, and not started. Here an old
 * Electron is allowed, and marked.
 */
import path from 'node:path';
import { prepareRunDirectory } from '../../e2e/driver/run-directory.ts';
import type { BuildFlavour } from '../build-flavour.ts';
import { capture } from '../commands/capture.ts';
import { manifestFile, unpackedFolder } from '../packaging/package-folder.ts';
import { allTargets } from '../packaging/targets.ts';
import { layoutOf } from '../packaging/verify/layout.ts';
import { verifyPackage } from '../packaging/verify/verify-package.ts';
import { root } from '../root.ts';
import { log } from '../terminal/log.ts';
import type { Task } from '../terminal/run-task.ts';
import type { Verdict } from './run-check.ts';
import { tallyOf } from './tally.ts';

export interface PackagesForTests {
  readonly test: string;
  readonly release: string;
}

/** `packages`: `undefined` where one of them could not be made or failed its verification. */
export async function packageForTests(): Promise<{
  readonly verdict: Verdict;
  readonly packages: PackagesForTests | undefined;
}> {
  const test = await makeAndVerify('test');
  const release = await makeAndVerify('release');
  const training = await makeAndVerify('training');
  const made = [test, release, training];
  const tally = tallyOf(made.map(({ problems }) => ({ passed: problems.length === 0 })));
  const output = made.flatMap(({ problems }) => problems).join('\n');
  return {
    verdict: { tally, output },
    packages: tally.failed === 0 ? { test: test.folder, release: release.folder } : undefined,
  };
}

function ownTarget() {
  const own = allTargets.find(({ platform, arch }) => platform === process.platform && arch === process.arch);
  if (own === undefined) throw new Error(`No package is made on ${process.platform} ${process.arch}.`);
  return own;
}

async function makeAndVerify(
  flavour: BuildFlavour,
): Promise<{ readonly folder: string; readonly problems: readonly string[] }> {
  log(`  The ${flavour} package ...`);
  const own = ownTarget();
  const folder = unpackedFolder(flavour, own.platform, own.arch);
  const { exitCode, output } = await capture(process.execPath, [
    path.join(root, 'build', 'tasks', 'package.ts'),
    `--flavour=${flavour}`,
    `--targets=${own.platform}-${own.arch}-dir`,
    '--allow-fallback-for-tests',
    '--unsigned',
  ]);
  if (exitCode !== 0) return { folder, problems: [output] };
  const { problems } = await verifyPackage(folder, {
    flavour,
    manifest: manifestFile(flavour, own.platform, own.arch),
    fallbackAllowed: true,
    installed: false,
  });
  return { folder, problems: problems.map((problem) => `The ${flavour} package: ${problem}`) };
}

/** Copies them where the viewer's user can start them. Returns the environment variables for the tests. */
export async function preparePackages(
  task: Task,
  packages: PackagesForTests,
): Promise<Readonly<Record<string, string>>> {
  // The tests of the release observe it with tools that only Linux has.
  if (process.platform !== 'linux') return {};
  const { executable } = layoutOf(packages.test, 'test');
  const runDirectory = await prepareRunDirectory(executable, packages.release);
  task.onEnd(runDirectory.remove);
  const own = ownTarget();
  return {
    CPIS_VIEWER_PACKAGED: runDirectory.electron,
    CPIS_VIEWER_RELEASE: runDirectory.app,
    CPIS_VIEWER_MANIFEST: manifestFile('release', own.platform, own.arch),
  };
}
