/**
 * `npm run verify:package -- <folder> --manifest=<file> [--flavour=test|training] [--allow-fallback-for-tests] [--installed]`:
 * reads an unpacked or installed package, and fails on any drift from what was published and from what it should be.
 */
import { parseArgs } from 'node:util';
import type { BuildFlavour } from '../build-flavour.ts';
import { verifyPackage } from '../packaging/verify/verify-package.ts';
import { log } from '../terminal/log.ts';
import { runTask } from '../terminal/run-task.ts';

const flavours: readonly BuildFlavour[] = ['release', 'training', 'test'];

await runTask(async () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      flavour: { type: 'string', default: 'release' },
      manifest: { type: 'string' },
      'allow-fallback-for-tests': { type: 'boolean', default: false },
      installed: { type: 'boolean', default: false },
    },
  });
  const [folder, ...rest] = positionals;
  const flavour = flavours.find((candidate) => candidate === values.flavour);
  const { manifest } = values;
  if (folder === undefined || rest.length > 0 || flavour === undefined || manifest === undefined)
    throw new Error(
      'Usage: npm run verify:package -- <folder> --manifest=<files-….sha256> [--installed] [--flavour=test]',
    );
  const { problems, summary } = await verifyPackage(folder, {
    flavour,
    manifest,
    fallbackAllowed: values['allow-fallback-for-tests'],
    installed: values.installed,
  });
  log(summary);
  if (problems.length === 0) {
    log('The package is as it should be.');
    return;
  }
  for (const problem of problems) log(`  ${problem}`);
  throw new Error(`The package is not as it should be: ${problems.length} problems.`);
});
