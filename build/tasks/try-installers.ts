/**
 * `node build/run.mjs try-installers <folder> <folder of a newer version>`: for a Windows runner alone, see
 * `packaging/windows/try-installers.ts`.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { tryInstallers } from '../packaging/windows/try-installers.ts';
import { runTask } from '../terminal/run-task.ts';

await runTask(async () => {
  if (process.platform !== 'win32' || process.env['CI'] === undefined)
    throw new Error('This installs and uninstalls on the whole computer: it is for a Windows runner alone.');
  const [folder = '', newer = ''] = process.argv.slice(2);
  const { version, file: nsis } = theOnly(folder, 'exe');
  const { version: newerVersion, file: newerNsis } = theOnly(newer, 'exe');
  const { file: msi } = theOnly(folder, 'msi');
  const { file: newerMsi } = theOnly(newer, 'msi');
  const { file: manifest } = theOnly(folder, 'sha256');
  await tryInstallers({ version, nsis, msi, newerNsis, newerMsi, newerVersion, manifest });
});

function theOnly(folder: string, ending: string): { readonly version: string; readonly file: string } {
  const [name, ...others] = readdirSync(folder).filter((one) => one.endsWith(`.${ending}`));
  if (name === undefined || others.length > 0) throw new Error(`${folder} has not one file .${ending}.`);
  return { version: /-(\d+\.\d+\.\d+)/.exec(name)?.[1] ?? '', file: path.join(folder, name) };
}
