/**
 * `npm run package [-- --flavour=release|training|test] [--targets=linux-x64,deb …]`: every package that this machine can make,
 * and for each that it cannot, why. A release is refused on an Electron that is not for clinicians.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BuildFlavour } from '../build-flavour.ts';
import { electronVersionIn } from '../electron-runtime/electron-version.ts';
import { resolveElectron } from '../electron-runtime/resolve.ts';
import { offerOfflineTools } from '../offline/offline-tools.ts';
import { buildPackages } from '../packaging/build-packages.ts';
import { packageFolder } from '../packaging/package-folder.ts';
import { unfitForRelease } from '../packaging/release-runtime.ts';
import { nameOf, selectTargets, skipReason } from '../packaging/targets.ts';
import { heading, log, warn } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';

const flavours: readonly BuildFlavour[] = ['release', 'training', 'test'];

await runTask(async (task) => {
  const { values } = parseArgs({
    options: {
      flavour: { type: 'string', default: 'release' },
      targets: { type: 'string', default: '' },
      'allow-fallback-for-tests': { type: 'boolean', default: false },
      unsigned: { type: 'boolean', default: false },
    },
  });
  const flavour = flavours.find((candidate) => candidate === values.flavour);
  if (flavour === undefined)
    throw new Error(`There is no flavour "${values.flavour}" to package: ${flavours.join(', ')}.`);
  const wanted = selectTargets(values.targets.split(',').filter((name) => name !== ''));

  heading(`Package (${flavour})`);
  const found = await resolveElectron();
  // Read from the executable that is packed: a file beside it could say anything.
  const version = await electronVersionIn(found.executable);
  if (version === undefined) throw new Error(`${found.executable} is no Electron.`);
  const runtime = { ...found, version };
  const unfit = unfitForRelease(runtime);
  if (unfit !== undefined) {
    if (flavour !== 'test' && !values['allow-fallback-for-tests'])
      throw new Error(
        `No release is made: ${unfit}. To try packaging itself, add --allow-fallback-for-tests; the build is marked.`,
      );
    warn(`${unfit}: the packages are marked as not for release, in name and on screen.`);
  }

  const machine = {
    platform: process.platform,
    arch: process.arch,
    runtime: runtime.origin,
    has: isOnPath,
    isSet: (variable: string) => Boolean(process.env[variable]),
  };
  const reasons = wanted.map((target) => ({ target, reason: skipReason(target, machine) }));
  const targets = reasons.filter(({ reason }) => reason === undefined).map(({ target }) => target);
  if (targets.length > 0) {
    task.onEnd(await offerOfflineTools(runtime.origin));
    const signed = flavour !== 'test' && unfit === undefined && !values.unsigned;
    const files = await buildPackages({ flavour, runtime, targets, signed });
    heading('Made');
    log(`  ${path.relative('.', packageFolder(flavour))}`);
    for (const file of files) log(`  ${path.relative('.', file)}`);
  }
  const notMade = reasons.filter(({ reason }) => reason !== undefined);
  if (notMade.length > 0) {
    heading('Left out');
    for (const { target, reason } of notMade) log(`  ${nameOf(target).padEnd(22)} ${reason}`);
  }
  if (targets.length === 0) throw new Error('Nothing could be made here.');
});

function isOnPath(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}
