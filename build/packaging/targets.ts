/** Every package that a pilot site may ask for, and which of them this machine can make. */
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { missingTool } from '../offline/missing-tool.ts';

export type TargetPlatform = 'linux' | 'win32' | 'darwin';
export type TargetArch = 'x64' | 'arm64';

export interface PackageTarget {
  readonly platform: TargetPlatform;
  readonly arch: TargetArch;
  /** electron-builder's name of the format. */
  readonly format: string;
}

export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly arch: string;
  readonly runtime: ElectronRuntime['origin'];
  /** Whether a command is on the PATH. */
  has(command: string): boolean;
  /** Whether an environment variable is set. */
  isSet(variable: string): boolean;
}

const formats: Readonly<Record<TargetPlatform, readonly string[]>> = {
  linux: ['dir', 'tar.gz', 'deb', 'rpm', 'AppImage'],
  win32: ['dir', 'nsis', 'msi'],
  darwin: ['dir', 'dmg', 'zip'],
};

export const allTargets: readonly PackageTarget[] = (['linux', 'win32', 'darwin'] as const).flatMap(
  (platform) =>
    (['x64', 'arm64'] as const).flatMap((arch) =>
      formats[platform].map((format) => ({ platform, arch, format })),
    ),
);

/** `linux-x64-deb`. */
export function nameOf({ platform, arch, format }: PackageTarget): string {
  return `${platform}-${arch}-${format}`;
}

/** `linux-x64`, `deb`, `linux-x64-deb`: any part of a target's name that stands between its dashes, or all of it. */
export function selectTargets(selection: readonly string[]): readonly PackageTarget[] {
  if (selection.length === 0) return allTargets;
  return selection.flatMap((wanted) => {
    const found = allTargets.filter((target) => `-${nameOf(target)}-`.includes(`-${wanted}-`));
    if (found.length === 0)
      throw new Error(`There is no target "${wanted}": ${allTargets.map(nameOf).join(', ')}.`);
    return found;
  });
}

/** Why a target cannot be made here, or `undefined` where it can. */
export function skipReason(target: PackageTarget, machine: Machine): string | undefined {
  return otherMachine(target, machine) ?? noTool(target.format, machine);
}

/** The Electron that is packed, and the PKCS #11 part that is compiled, are those of this machine. */
function otherMachine({ platform, arch }: PackageTarget, machine: Machine): string | undefined {
  const systems = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' } as const;
  return platform === machine.platform && arch === machine.arch
    ? undefined
    : `needs ${systems[platform]} on ${arch} to build, sign and try it on`;
}

function noTool(format: string, machine: Machine): string | undefined {
  const reason = machine.runtime === 'official' ? undefined : missingTool(format, machine);
  if (reason !== undefined || format !== 'rpm' || machine.has('rpmbuild')) return reason;
  return 'needs the command rpmbuild (Debian: rpm)';
}
