import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './commands/run.ts';
import { cached, fetchPackage } from './npm-package.ts';
import { npm } from './set-up/npm.mjs';
import { log } from './terminal/log.ts';

const generator = {
  name: '@quick-start/create-electron@1.0.30',
  sha512: 'Mj97hJcUNdLUn4H/0VaXupA4FCsLdyKzpmoEHCzKziLzj1EIxxOlcVyxxFdks7xJDJ2/zlqLbdvvgOTk69NaQg==',
};
/** What it never runs on: linters, packagers, an Electron of its own. */
const needless = /^(?:electron|electron-builder|eslint.*|prettier|@electron-toolkit\/eslint-.*)$/;

/**
 * The app folder of the application to compare with: the React template of electron-vite as it comes from the package registry,
 * built for production with the tools that it asks for. Made once a user.
 */
export async function electronViteTemplate(electronVersion: string): Promise<string> {
  const electronMajor = String(Number.parseInt(electronVersion, 10));
  const home = await cached(`template-1.0.30-electron-${electronMajor}`, async (folder) => {
    log(`Building electron-vite's template (${generator.name}) from the package registry: once a user ...`);
    const project = path.join(folder, 'project');
    await fetchPackage(generator, folder);
    for (const part of ['base', 'react-ts'])
      await cp(path.join(folder, 'package', 'template', part), project, { recursive: true });
    await build(project, electronMajor);
    await gather(project, path.join(folder, 'app'));
    for (const needed of ['package', 'project']) await rm(path.join(folder, needed), { recursive: true });
  });
  return path.join(home, 'app');
}

async function build(project: string, electronMajor: string): Promise<void> {
  const file = path.join(project, 'package.json');
  const description = JSON.parse(await readFile(file, 'utf8'));
  for (const name of Object.keys(description.devDependencies))
    if (needless.test(name)) delete description.devDependencies[name];
  await writeFile(file, JSON.stringify(description));
  await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], project);
  const cli = path.join(project, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  // The tools read their target from the Electron that is installed, or from this variable.
  await run('env', ['-C', project, `ELECTRON_MAJOR_VER=${electronMajor}`, process.execPath, cli, 'build']);
}

/** What electron-builder would put into the archive. */
async function gather(project: string, folder: string): Promise<void> {
  const { dependencies, name, version, main } = JSON.parse(
    await readFile(path.join(project, 'package.json'), 'utf8'),
  );
  await mkdir(folder);
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, version, main }));
  const modules = Object.keys(dependencies).map((each) => `node_modules/${each}`);
  for (const part of ['out', 'resources', ...modules])
    await cp(path.join(project, part), path.join(folder, part), { recursive: true });
}
