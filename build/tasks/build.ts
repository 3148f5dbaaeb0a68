/** `npm run build [-- --flavour=release]`: the viewer as an app folder that Electron can open. */
import { parseArgs } from 'node:util';
import type { BuildFlavour } from '../build-flavour.ts';
import { buildViewer } from '../build-viewer.ts';
import { runTask } from '../terminal/run-task.ts';

const flavours: readonly BuildFlavour[] = ['development', 'test', 'release'];

await runTask(async () => {
  const { values } = parseArgs({ options: { flavour: { type: 'string', default: 'development' } } });
  const flavour = flavours.find((candidate) => candidate === values.flavour);
  if (flavour === undefined)
    throw new Error(`There is no flavour "${values.flavour}": ${flavours.join(', ')}.`);
  await buildViewer(flavour);
});
