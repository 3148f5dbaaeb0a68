/** Source: RPM Packaging Guide (spec files); RPM, "Macros" (what is switched off is meant for compiled sources). */
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../../commands/run.ts';
import type { FpmJob } from './command-line.ts';

/** electron-builder has Debian's names. */
const architectures: Readonly<Record<string, string>> = { amd64: 'x86_64', arm64: 'aarch64' };

/** `stage`: the files as they are installed. */
export async function makeRpm(job: FpmJob, stage: string, workFolder: string): Promise<void> {
  const spec = path.join(workFolder, 'cpis-viewer.spec');
  const script = async (file: string | undefined) => (file === undefined ? '' : await readFile(file, 'utf8'));
  await writeFile(spec, specFile(job, await script(job.afterInstall), await script(job.afterRemove)));
  await run('rpmbuild', [
    '-bb',
    `--buildroot=${stage}`,
    `--target=${architectures[job.architecture] ?? job.architecture}`,
    `--define=_topdir ${workFolder}`,
    '--define=_rpmfilename made.rpm',
    // The package does not name the machine that built it.
    '--define=_buildhost localhost',
    '--define=_binary_payload w6T2.xzdio',
    spec,
  ]);
  await copyFile(path.join(workFolder, 'RPMS', 'made.rpm'), job.output);
}

/** `afterInstall`, `afterRemove`: texts of shell scripts. */
export function specFile(job: FpmJob, afterInstall: string, afterRemove: string): string {
  const requires = job.depends.map((dependency) => `Requires: ${dependency}`);
  return [
    // The files are Electron's own and ours: nothing to strip, to compress or to find dependencies of.
    '%global __os_install_post %{nil}',
    '%global _build_id_links none',
    '%global debug_package %{nil}',
    'AutoReqProv: no',
    `Name: ${job.name}`,
    `Version: ${job.version}`,
    'Release: 1',
    `Summary: ${job.description.trim().split('\n')[0]}`,
    `License: ${job.licence}`,
    `Vendor: ${job.vendor}`,
    `URL: ${job.url}`,
    `Packager: ${job.maintainer}`,
    ...requires,
    '%description',
    job.description.trim(),
    '%post -p /bin/sh',
    afterInstall.replaceAll('%', '%%'),
    '%postun -p /bin/sh',
    afterRemove.replaceAll('%', '%%'),
    '%files',
    '%defattr(-,root,root,-)',
    ...job.files.map(({ to }) => `"${to}"`),
    ...job.rpmAttributes.map((attribute) => {
      const [mode, file] = attribute.split(':');
      return `%attr(${mode}) "${file}"`;
    }),
    '',
  ].join('\n');
}
