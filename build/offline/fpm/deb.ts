/** Source: Debian Policy Manual, chapters 5 (control files) and 6 (maintainer scripts). */
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../commands/run.ts';
import type { FpmJob } from './command-line.ts';

/** `stage`: the files as they are installed; the package's own are added to it. */
export async function makeDeb(job: FpmJob, stage: string): Promise<void> {
  const sums: string[] = [];
  let bytes = 0;
  for (const entry of await readdir(stage, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    bytes += (await stat(file)).size;
    const md5 = createHash('md5')
      .update(await readFile(file))
      .digest('hex');
    sums.push(`${md5}  ${path.relative(stage, file)}\n`);
  }
  const control = path.join(stage, 'DEBIAN');
  await mkdir(control, { mode: 0o755 });
  await writeFile(path.join(control, 'control'), controlFile(job, Math.ceil(bytes / 1024)), { mode: 0o644 });
  // dpkg --verify finds a changed file by these.
  await writeFile(path.join(control, 'md5sums'), sums.sort().join(''), { mode: 0o644 });
  if (job.afterInstall !== undefined) await addScript(job.afterInstall, path.join(control, 'postinst'));
  if (job.afterRemove !== undefined) await addScript(job.afterRemove, path.join(control, 'postrm'));
  await run('dpkg-deb', ['--root-owner-group', '-Zxz', '--build', stage, job.output]);
}

async function addScript(from: string, to: string): Promise<void> {
  await copyFile(from, to);
  await run('chmod', ['755', to]);
}

/** `installedSize`: kB. */
export function controlFile(job: FpmJob, installedSize: number): string {
  const [summary = '', ...more] = job.description.split('\n').map((line) => line.trim());
  const fields = [
    ['Package', job.name],
    ['Version', job.version],
    ['Architecture', job.architecture],
    ['Maintainer', job.maintainer],
    ['Installed-Size', String(installedSize)],
    ['Depends', job.depends.join(', ')],
    ['Recommends', job.recommends.join(', ')],
    ['Section', 'misc'],
    ['Priority', 'optional'],
    ['Homepage', job.url],
    ['Description', [summary, ...more.map((line) => ` ${line === '' ? '.' : line}`)].join('\n')],
  ] as const;
  return fields
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}\n`)
    .join('');
}
