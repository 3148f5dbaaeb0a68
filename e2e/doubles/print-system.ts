/** A print system for one test: the real scheduler of CUPS on a socket in a folder, with or without a queue. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, required } from '../fixtures.ts';

const run = promisify(execFile);

export interface PrintSystem {
  /** For `launch`. */
  readonly env: Readonly<Record<string, string>>;
  /** How many documents the queues have taken. */
  jobs(): Promise<number>;
  /** The text of each page of the newest document, as it was sent to the queue. */
  pages(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** `queue`: the name of a queue that discards its documents. */
export async function startPrintSystem(queue?: string): Promise<PrintSystem> {
  const folder = await mkdtemp(path.join(required('CPIS_VIEWER_PROFILES'), 'cups-'));
  await chmod(folder, 0o777);
  const inside = (name: string) => path.join(folder, name);
  const everybody = 'Order allow,deny\n  Allow all';
  await writeFile(
    inside('cupsd.conf'),
    `Listen ${inside('cups.sock')}
DefaultAuthType None
WebInterface No
Browsing No
PreserveJobFiles Yes
<Location />
  ${everybody}
</Location>
<Location /admin>
  ${everybody}
</Location>
<Policy default>
  <Limit All>
  ${everybody}
  </Limit>
</Policy>
`,
  );
  const folders = {
    ServerRoot: 'root',
    CacheDir: 'cache',
    StateDir: 'state',
    RequestRoot: 'spool',
    TempDir: 'temporary',
  };
  const logs = ['AccessLog', 'ErrorLog', 'PageLog'].map((log) => `${log} ${inside(`${log}.txt`)}`);
  const places = Object.entries(folders).map(([name, value]) => `${name} ${inside(value)}`);
  await writeFile(inside('cups-files.conf'), [...places, ...logs, 'Sandboxing off', ''].join('\n'));

  // As the viewer's user: a scheduler that runs as root wants its files to be root's.
  const command =
    'cd "$1" && shift && mkdir -p "$@" && exec /usr/sbin/cupsd -f -c "$PWD/cupsd.conf" -s "$PWD/cups-files.conf"';
  const scheduler = spawn(
    required('CPIS_VIEWER_AS_ORDINARY_USER'),
    ['setpriv', '--pdeathsig=TERM', 'sh', '-c', command, 'sh', folder, ...Object.values(folders)],
    // Without a display: on one it starts a message bus for each message about a queue or a document, in vain, for nine seconds.
    { stdio: 'ignore', env: { PATH: process.env['PATH'] } },
  );
  const env = { CUPS_SERVER: inside('cups.sock') };
  const cups = async (program: string, ...words: readonly string[]) =>
    (await run(program, words, { env: { ...process.env, ...env } })).stdout;
  await expect.poll(() => cups('lpstat', '-r').catch(() => '')).toContain('is running');
  if (queue !== undefined)
    await cups('/usr/sbin/lpadmin', '-p', queue, '-E', '-v', 'file:///dev/null', '-m', 'raw');

  return {
    env,
    jobs: async () =>
      (await cups('lpstat', '-W', 'all', '-o')).split('\n').filter((line) => line !== '').length,
    async pages() {
      const spooledFiles = async () =>
        (await readdir(inside('spool'))).filter((name) => /^d\d/.test(name)).toSorted();
      // The queue takes the job first, and its document a moment later.
      await expect.poll(async () => (await spooledFiles()).length).toBeGreaterThan(0);
      const spooled = await spooledFiles();
      const { stdout } = await run('pdftotext', [
        '-layout',
        inside(path.join('spool', spooled.at(-1) ?? '')),
        '-',
      ]);
      return stdout.split('\f').slice(0, -1);
    },
    async stop() {
      const gone = once(scheduler, 'exit');
      scheduler.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

/** The text of each page of a PDF. */
export async function pagesOf(file: string): Promise<readonly string[]> {
  const { stdout } = await run('pdftotext', ['-layout', file, '-']);
  return stdout.split('\f').slice(0, -1);
}
