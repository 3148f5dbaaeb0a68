import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  installations,
  linkSchemeKey,
  machineFolders,
  policyKey,
  quitRequestFile,
} from '../../../shared/installation.ts';
import { startSimulator } from '../../../simulator/client.ts';
import { log } from '../../terminal/log.ts';
import { verifyPackage } from '../verify/verify-package.ts';

const { productName, windows } = installations.release;
const machine = 'HKEY_LOCAL_MACHINE';
const reg = 'C:\\Windows\\System32\\reg.exe';

export interface Installers {
  readonly version: string;
  readonly nsis: string;
  readonly msi: string;
  /** A newer version, to update to and to go back from. */
  readonly newerNsis: string;
  readonly newerMsi: string;
  readonly newerVersion: string;
  readonly manifest: string;
}

/**
 * Installs, updates, downgrades, starts and uninstalls the real installers on Windows, and stops at the first thing that is
 * not as docs/deployment.md says. For a runner of the release workflow: it changes the whole computer. NOT YET RUN.
 */
export async function tryInstallers(installers: Installers): Promise<void> {
  const { version, nsis, msi, newerNsis, newerMsi, newerVersion, manifest } = installers;

  installed('installs', nsis, version);
  await verified(manifest);
  await startedAndAskedToQuit();
  installed('updates', newerNsis, newerVersion);
  installed('goes back to the older version', nsis, version);
  ends('the MSI refuses beside NSIS', 1603, msiexec('/i', msi));
  await uninstalled(() => ends('uninstalls', 0, run(windows.uninstaller, ['/S'])));

  ends('the MSI installs', 0, msiexec('/i', msi));
  await verified(manifest);
  ends('NSIS refuses beside the MSI', 1638, run(nsis, ['/S']));
  await startedAndAskedToQuit();
  ends('the MSI updates', 0, msiexec('/i', newerMsi));
  ends('an older MSI is refused', 1603, msiexec('/i', msi));
  await uninstalled(() => ends('the MSI uninstalls', 0, msiexec('/x', newerMsi)));
}

function installed(what: string, installer: string, version: string): void {
  ends(what, 0, run(installer, ['/S']));
  equals('DisplayVersion', registryValue(windows.nsisUninstallKey, 'DisplayVersion'), version);
  equals('Publisher', registryValue(windows.nsisUninstallKey, 'Publisher'), productName);
  equals(
    'the scheme',
    registryValue(`${linkSchemeKey}\\shell\\open\\command`),
    `"${windows.executable}" "%1"`,
  );
}

async function verified(manifest: string): Promise<void> {
  const { problems } = await verifyPackage(windows.folder, {
    flavour: 'release',
    manifest,
    fallbackAllowed: false,
    installed: true,
  });
  equals('verify:package --installed', problems.join('\n'), '');
}

/**
 * On an environment of the simulator, and with a policy in the registry that has a mistake. The log names the mistake,
 * and the keys once the first page, Sign in, has loaded; then the installer's request ends the viewer.
 */
async function startedAndAskedToQuit(): Promise<void> {
  const logFile = path.join(homedir(), 'AppData', 'Local', productName, 'logs', 'viewer.log');
  const logged = () => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '');
  const simulator = await startSimulator();
  try {
    rmSync(logFile, { force: true });
    mkdirSync(machineFolders.win32, { recursive: true });
    const environmentFile = path.join(machineFolders.win32, 'environment.json');
    writeFileSync(environmentFile, JSON.stringify(simulator.environment));
    const key = `${machine}\\${policyKey}`;
    const words = ['add', key, '/v', 'notAPolicy', '/t', 'REG_DWORD', '/d', '1', '/f'];
    ends('a policy is written', 0, run(reg, words));
    const viewer = spawn(windows.executable, [], { stdio: 'ignore' });
    const ended = new Promise<number | null>((resolve) => viewer.once('exit', resolve));
    await until('the Sign in screen is there', () => /"event":"signing-key"/.test(logged()));
    equals('the environment', /"environment":"(.*?)"/.exec(logged())?.[1], 'SIMULATOR');
    equals(
      'the policy is read from the registry',
      String(logged().includes('not known: notAPolicy')),
      'true',
    );
    writeFileSync(path.join(windows.folder, quitRequestFile), '');
    equals('the viewer quits when it is asked', String(await ended), '0');
    rmSync(path.join(windows.folder, quitRequestFile));
    rmSync(environmentFile);
    ends('the policy is taken away', 0, run(reg, ['delete', key, '/f']));
  } finally {
    await simulator.stop();
  }
}

async function uninstalled(uninstall: () => void): Promise<void> {
  uninstall();
  await until('the folder goes', () => !existsSync(windows.executable));
  equals('the scheme', registryValue(linkSchemeKey), undefined);
  equals('the entry', registryValue(windows.nsisUninstallKey, 'DisplayVersion'), undefined);
}

function msiexec(action: '/i' | '/x', msi: string): number | null {
  return run('msiexec', [action, msi, '/qn', '/norestart']);
}

function run(program: string, words: readonly string[]): number | null {
  return spawnSync(program, words, { stdio: 'inherit', timeout: 300_000 }).status;
}

function registryValue(key: string, name?: string): string | undefined {
  const words = ['query', `${machine}\\${key}`, ...(name === undefined ? ['/ve'] : ['/v', name])];
  const { stdout } = spawnSync(reg, words, { encoding: 'utf8' });
  return / {4}REG_SZ {4}(.*?)\r?\n/.exec(stdout)?.[1];
}

function ends(what: string, expected: number, exitCode: number | null): void {
  equals(`${what}: exit code`, String(exitCode), String(expected));
}

function equals(what: string, found: string | undefined, expected: string | undefined): void {
  if (found !== expected) throw new Error(`${what}: expected ${expected}, found ${found}`);
  log(`  ${what}: ${found}`);
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const giveUpAt = Date.now() + 120_000; !isSo(); await sleep(500))
    if (Date.now() > giveUpAt) throw new Error(`${what}: not within two minutes`);
  log(`  ${what}`);
}
