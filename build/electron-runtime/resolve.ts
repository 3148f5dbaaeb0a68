import { fallbackRuntime, fallbackVersion, hasFallback } from '../offline/fallback.ts';
import { log, warn } from '../terminal/log.ts';
import { givenRuntime } from './given.ts';
import { officialRuntime } from './official.ts';
import type { ElectronRuntime } from './runtime.ts';

/**
 * Finds the Electron to run: the one that was given, else the official release of the locked version, else (Linux x64,
 * where the release host is out of reach) the fallback from the package registry.
 */
export async function resolveElectron(): Promise<ElectronRuntime> {
  const given = await givenRuntime(process.env['ELECTRON_OVERRIDE_DIST_PATH'], process.platform);
  if (given !== undefined) return announce(given);

  const official = await officialRuntime();
  if (official.kind === 'ready') return announce(official.runtime);

  if (!hasFallback(process.platform, process.arch)) {
    throw new Error(
      [
        `Electron ${official.version} could not be downloaded (${official.reason}).`,
        'Allow the release host through the firewall, name a mirror in ELECTRON_MIRROR, or unpack an Electron yourself',
        'and name its folder in ELECTRON_OVERRIDE_DIST_PATH.',
      ].join('\n'),
    );
  }
  warn(
    `Electron ${official.version} cannot be had here (${official.reason}): using Electron ${fallbackVersion} instead.`,
    'That is an old Electron, unpacked from an npm package. It is for development and tests only, never for patients,',
    'and the release build refuses it.',
  );
  return fallbackRuntime();
}

function announce(runtime: ElectronRuntime): ElectronRuntime {
  log(`Electron ${runtime.version} (${runtime.origin})`);
  return runtime;
}
