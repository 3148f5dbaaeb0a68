/**
 * Wine with a folder of its own (a prefix): registry, drive C: and processes of this run alone. Its programs write to
 * files, because a pipe to the outside fails with EPERM.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, open, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Debian's packages: Wine, a C compiler for Windows, the compilers of NSIS installers and of MSIs. */
export const winePackages = ['wine64', 'gcc-mingw-w64-x86-64-win32', 'nsis', 'wixl', 'msitools'] as const;

const programs = '/usr/lib/wine';

/** A program that hangs ends, and has failed. */
const longestRunMs = 15 * 60_000;

export interface Wine {
  /** Runs a Windows program. `program`: a path of this machine, or a program of Windows such as `reg.exe`. */
  run(program: string, programArguments: readonly string[], env?: Environment): Promise<Ended>;
  /** Drive C: as a folder of this machine. */
  readonly driveC: string;
  /** Ends all its programs and removes the folder. */
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

export interface Ended {
  readonly exitCode: number;
  /** Standard output and error. */
  readonly output: string;
}

/** A path of this machine as Wine's programs know it. */
export function windowsPath(file: string): string {
  return `Z:${file.replaceAll('/', '\\')}`;
}

/** `display`: the variables of a display; without one Wine has no console. */
export async function openWine(display: Environment): Promise<Wine> {
  const prefix = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-wine-'));
  const env = {
    ...process.env,
    ...display,
    WINEPREFIX: prefix,
    WINEDEBUG: '-all',
    // Neither is needed, and Wine would ask to install them.
    WINEDLLOVERRIDES: 'mscoree,mshtml=',
    // Not the Node options of this run.
    NODE_OPTIONS: '',
  };
  let started = 0;
  const run: Wine['run'] = async (program, programArguments, more = {}) => {
    started += 1;
    const outputFile = path.join(prefix, `output-${started}.txt`);
    const output = await open(outputFile, 'w');
    try {
      const exitCode = await ended(
        spawn(path.join(programs, 'wine64'), [program, ...programArguments], {
          stdio: ['ignore', output.fd, output.fd],
          env: { ...env, ...more },
          timeout: longestRunMs,
        }),
      );
      return { exitCode, output: await readFile(outputFile, 'utf8') };
    } finally {
      await output.close();
    }
  };
  const close = async () => {
    await ended(spawn(path.join(programs, 'wineserver'), ['-k'], { stdio: 'ignore', env }));
    await rm(prefix, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await run('wineboot', ['--init']);
    const version = await run('reg.exe', [
      'add',
      'HKCU\\Software\\Wine',
      '/v',
      'Version',
      '/d',
      'win10',
      '/f',
    ]);
    if (version.exitCode !== 0) throw new Error(`Wine does not start:\n${version.output}`);
  } catch (error) {
    await close();
    throw error;
  }
  return { run, driveC: path.join(prefix, 'drive_c'), close };
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 128));
  });
}
