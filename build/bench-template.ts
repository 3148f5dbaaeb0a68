/**
 * The application to compare with: the React template of electron-vite as it comes from the package registry, built for production with
 * the tools that it asks for. Made once and kept in the cache; only what it never runs on (linters, packagers, an
 * Electron of its own) is left out.
 */
import { access, cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from './commands/run.ts';
import { cacheDirectory } from './electron-runtime/cache-directory.ts';
import { npm } from './set-up/npm.mjs';
import { log } from './terminal/log.ts';

const generator = '@quick-start/create-electron';
const version = '1.0.30';
const templateName = `electron-vite react-ts ${version}`;
const needless = /^(?:electron|electron-builder|eslint.*|prettier|@electron-toolkit\/eslint-.*)$/;

export interface Template {
  readonly name: string;
  /** An app folder as it goes into an archive. */
  readonly folder: string;
}

export async function templateApp(electronVersion: string): Promise<Template> {
  const major = String(Number.parseInt(electronVersion, 10));
  const home = path.join(cacheDirectory(), `template-${version}-electron-${major}`);
  const folder = path.join(home, 'app');
  if (!(await exists(folder))) await make(home, major);
  return { name: templateName, folder };
}

async function make(home: string, electronMajor: string): Promise<void> {
  log(`Building ${templateName} from the package registry: once for this user ...`);
  await mkdir(path.dirname(home), { recursive: true });
  const folder = await mkdtemp(`${home}-`);
  try {
    await npm(['pack', `${generator}@${version}`, '--silent', '--pack-destination', folder], folder);
    await run('tar', ['-xzf', path.join(folder, `quick-start-create-electron-${version}.tgz`), '-C', folder]);
    const project = path.join(folder, 'project');
    for (const part of ['base', 'react-ts']) {
      await cp(path.join(folder, 'package', 'template', part), project, { recursive: true });
    }
    await leaveOutTheNeedless(path.join(project, 'package.json'));
    await npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], project);
    await buildIn(project, electronMajor);
    await gather(project, path.join(folder, 'finished', 'app'));
    await rm(home, { recursive: true, force: true });
    await rename(path.join(folder, 'finished'), home);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function leaveOutTheNeedless(file: string): Promise<void> {
  const description = JSON.parse(await readFile(file, 'utf8'));
  for (const name of Object.keys(description.devDependencies)) {
    if (needless.test(name)) delete description.devDependencies[name];
  }
  await writeFile(file, JSON.stringify(description));
}

/** The tools read their target from the Electron that is installed, or from this variable. */
async function buildIn(project: string, electronMajor: string): Promise<void> {
  const cli = path.join(project, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  await run('env', ['-C', project, `ELECTRON_MAJOR_VER=${electronMajor}`, process.execPath, cli, 'build']);
}

/** What electron-builder would put into the archive. */
async function gather(project: string, folder: string): Promise<void> {
  const {
    name,
    version: appVersion,
    main,
    dependencies,
  } = JSON.parse(await readFile(path.join(project, 'package.json'), 'utf8'));
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'package.json'), JSON.stringify({ name, version: appVersion, main }));
  for (const part of [
    'out',
    'resources',
    ...Object.keys(dependencies).map((each) => `node_modules/${each}`),
  ]) {
    await cp(path.join(project, part), path.join(folder, part), { recursive: true });
  }
}

async function exists(place: string): Promise<boolean> {
  return access(place).then(
    () => true,
    () => false,
  );
}
