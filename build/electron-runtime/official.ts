import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { downloadArtifact } from '@electron/get';
import { runScript } from '../commands/run-script.ts';
import { forgetSilence, rememberSilence, silenceOf } from '../offline/silent-host.ts';
import { log, reasonOf } from '../terminal/log.ts';
import { type ElectronRuntime, executableWithin } from './runtime.ts';

export type Official =
  | { readonly kind: 'ready'; readonly runtime: ElectronRuntime }
  | { readonly kind: 'unreachable'; readonly version: string; readonly reason: string };

const silenceLimit = 8_000;
const packageDirectory = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'));

/**
 * The official release of the locked `electron` version. The package has no install script: its `install.js` fetches
 * and checks the binary, and waits as long as the network lets it. Here the download comes first, given up when the
 * host is silent, and a silent host is remembered for a while so that not every start waits for it.
 */
export async function officialRuntime(): Promise<Official> {
  const { version } = await readJson<{ version: string }>('package.json');
  const runtime: ElectronRuntime = {
    executable: path.join(packageDirectory, 'dist', executableWithin(process.platform)),
    version,
    origin: 'official',
  };
  if (await isUnpacked(runtime)) return { kind: 'ready', runtime };

  const silence = await silenceOf(version);
  if (silence !== undefined) return { kind: 'unreachable', version, reason: silence };
  try {
    await download(version);
  } catch (error) {
    const reason = reasonOf(causeOf(error));
    await rememberSilence(version, reason);
    return { kind: 'unreachable', version, reason };
  }
  await unpack();
  await forgetSilence();
  return { kind: 'ready', runtime };
}

async function isUnpacked({ executable, version }: ElectronRuntime): Promise<boolean> {
  try {
    const unpacked = await readFile(path.join(packageDirectory, 'dist', 'version'), 'utf8');
    await access(executable);
    return unpacked.trim().replace(/^v/, '') === version;
  } catch {
    return false;
  }
}

/** Into the cache that `install.js` looks in. */
async function download(version: string): Promise<void> {
  log(`Fetching Electron ${version} from its release host ...`);
  const abort = new AbortController();
  const giveUp = () => abort.abort(new Error(`no answer within ${silenceLimit / 1000} s`));
  let silence = setTimeout(giveUp, silenceLimit);
  let announced = 0;
  try {
    await downloadArtifact({
      version,
      artifactName: 'electron',
      platform: process.platform,
      arch: process.arch,
      checksums: await readJson<Record<string, string>>('checksums.json'),
      downloadOptions: {
        quiet: true,
        signal: abort.signal,
        getProgressCallback: async ({ percent }: { percent: number }) => {
          clearTimeout(silence);
          silence = setTimeout(giveUp, silenceLimit);
          if (percent < announced + 0.1) return;
          announced = percent;
          log(`  ${Math.round(percent * 100)} %`);
        },
      },
    });
  } finally {
    clearTimeout(silence);
  }
}

async function unpack(): Promise<void> {
  if ((await runScript(path.join(packageDirectory, 'install.js'), [])) !== 0)
    throw new Error('Electron was downloaded but could not be unpacked; its own words are above.');
}

async function readJson<Content>(file: string): Promise<Content> {
  return JSON.parse(await readFile(path.join(packageDirectory, file), 'utf8'));
}

/** `fetch` throws "fetch failed", and has the reason in `cause`. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}
