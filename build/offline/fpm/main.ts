/**
 * Stands in for fpm, where fpm cannot be fetched: takes electron-builder's call, and makes the deb with dpkg-deb and the
 * rpm with rpmbuild. The contents, scripts and dependencies are electron-builder's own.
 */
import { chmod, copyFile, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../../commands/run.ts';
import { runTask } from '../../terminal/run-task.ts';
import { type FpmJob, readFpmCommandLine } from './command-line.ts';
import { makeDeb } from './deb.ts';
import { makeRpm } from './rpm.ts';

await runTask(async (task) => {
  const job = readFpmCommandLine(process.argv.slice(2));
  const workFolder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-package-'));
  task.onEnd(() => rm(workFolder, { recursive: true, force: true }));
  const stage = path.join(workFolder, 'stage');
  await mkdir(stage, { mode: 0o755 });
  await layOut(job, stage);
  if (job.format === 'deb') await makeDeb(job, stage);
  else await makeRpm(job, stage, workFolder);
});

async function layOut({ files }: FpmJob, stage: string): Promise<void> {
  for (const { from, to } of files) {
    const target = path.join(stage, to);
    await mkdir(path.dirname(target), { recursive: true });
    if (from.endsWith('/')) {
      await cp(from, target, { recursive: true });
    } else {
      await copyFile(from, target);
      await chmod(target, 0o644);
    }
  }
  await run('chmod', ['-R', 'u+rwX,go+rX,go-w', stage]);
}
