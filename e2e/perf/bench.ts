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
import { prepareApp } from './apps.ts';
import { measureClinicList } from './clinic-list.ts';
import { measureStart } from './cold-start.ts';
import { type Measured, reportLine } from './figures.ts';
import { measureLookup } from './lookup.ts';
import { measureMemory } from './memory.ts';
import { measureWaits } from './waits.ts';

const parts = {
  start: measureStart,
  memory: measureMemory,
  lookup: measureLookup,
  waits: measureWaits,
  'clinic-list': measureClinicList,
};
const { values: options } = parseArgs({
  options: { quick: { type: 'boolean' }, only: { type: 'string', multiple: true } },
});
const { only = Object.keys(parts), quick } = options;
const unknown = only.filter((name) => !(name in parts));
if (unknown.length > 0) throw new Error(`--only knows ${Object.keys(parts)}, and not ${unknown}.`);
const folder = path.resolve(import.meta.dirname, '../../out/bench');
const environmentFile = path.join(folder, 'environment.json');
const { env } = process;

await mkdir(folder, { recursive: true });
const simulator = await startSimulator({ environmentFile });
const { cpis, ...others } = simulator.environment as { cpis: { baseUrl: string } };
const service = await startCachedCpis(cpis.baseUrl);
await writeFile(environmentFile, JSON.stringify({ ...others, cpis: { ...cpis, baseUrl: service.baseUrl } }));
const apps = {
  viewer: await prepareApp(env['CPIS_VIEWER_PACKAGED'], environmentFile),
  empty: await prepareApp(env['CPIS_VIEWER_EMPTY_WINDOW']),
  template: await prepareApp(env['CPIS_VIEWER_TEMPLATE']),
};
const bench = { ...apps, simulator, service, rounds: (few: number, many: number) => (quick ? few : many) };
try {
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}`;
  console.log(`${machine}; ${env['CPIS_VIEWER_RUNTIME'] ?? 'Electron'}`);
  const figures: Measured[] = [];
  for (const [name, measure] of Object.entries(parts))
    if (only.includes(name)) figures.push(...(await measure(bench)));
  const file = path.join(folder, 'figures.json');
  await writeFile(file, `${JSON.stringify({ at: new Date(), machine, ...options, figures }, null, 2)}\n`);
  console.log(`\n${figures.map(reportLine).join('\n')}\n\nKept in ${path.relative(process.cwd(), file)}.`);
} finally {
  for (const { directory } of Object.values(apps)) await directory.remove();
  await service.close();
  await simulator.stop();
}
