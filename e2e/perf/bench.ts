/**
 * `npm run bench`: compares the viewer with an empty window and a template, packaged alike and measured in turns. Only the ratios
 * can be compared between machines.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { startSimulator } from '../../simulator/client.ts';
import { startCachedCpis } from '../doubles/cached-cpis.ts';
import { type Bench, prepareApp } from './apps.ts';
import { measureClinicList } from './clinic-list.ts';
import { measureStart } from './cold-start.ts';
import { type Measured, tableOf } from './figures.ts';
import { measureLookup } from './lookup.ts';
import { measureMemory } from './memory.ts';
import { measureWaits } from './waits.ts';

const parts: Readonly<Record<string, (bench: Bench) => Promise<readonly Measured[]>>> = {
  start: measureStart,
  memory: measureMemory,
  lookup: measureLookup,
  waits: measureWaits,
  'clinic-list': measureClinicList,
};
const { values: options } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string', multiple: true } },
});
for (const name of options.only ?? [])
  if (!(name in parts)) throw new Error(`--only knows ${Object.keys(parts).join(', ')}, and not ${name}.`);
const folder = path.resolve(import.meta.dirname, '../../out/bench');
const environmentFile = path.join(folder, 'environment.json');
const { CPIS_VIEWER_PACKAGED, CPIS_VIEWER_EMPTY_WINDOW, CPIS_VIEWER_TEMPLATE, CPIS_VIEWER_RUNTIME } =
  process.env;

await mkdir(folder, { recursive: true });
const simulator = await startSimulator({ environmentFile });
const { cpis, ...others } = simulator.environment as { cpis: { baseUrl: string } };
const service = await startCachedCpis(cpis.baseUrl);
await writeFile(environmentFile, JSON.stringify({ ...others, cpis: { ...cpis, baseUrl: service.baseUrl } }));
const viewer = await prepareApp(CPIS_VIEWER_PACKAGED, environmentFile);
const empty = await prepareApp(CPIS_VIEWER_EMPTY_WINDOW);
const template = await prepareApp(CPIS_VIEWER_TEMPLATE);
const rounds = (few: number, many: number) => (options.quick ? few : many);
try {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}`;
  console.log(`${machine}; ${CPIS_VIEWER_RUNTIME ?? 'Electron'}`);
  const measured: Measured[] = [];
  for (const [name, measure] of Object.entries(parts))
    if (options.only?.includes(name) ?? true)
      measured.push(...(await measure({ viewer, empty, template, simulator, service, rounds })));
  const file = path.join(folder, 'figures.json');
  const kept = { at: new Date(), machine, ...options, figures: measured };
  await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`);
  console.log(`\n${tableOf(measured)}\n\nKept in ${path.relative(process.cwd(), file)}.`);
} finally {
  for (const { directory } of [viewer, empty, template]) await directory.remove();
  await service.close();
  await simulator.stop();
}
