/**
 * Whether a Windows installer is signed by whoever signed the running viewer. electron-updater skips this where no
 * publisher is configured, and lets a file pass where PowerShell is restricted: here every "could not check" is a refusal.
 * Source: Microsoft, "Get-AuthenticodeSignature"; "about_Language_Modes" (what constrained PowerShell still does).
 */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { windowsFolder, windowsProgram } from '../settings/windows-programs.ts';

/** Runs PowerShell on a script; gives what it printed. Rejects when it could not, or said anything in error. */
export type PowerShell = (script: string, env: Readonly<Record<string, string>>) => Promise<string>;

/** The names of the files come as variables: no name can be taken for a command. */
const script = [
  "$ErrorActionPreference = 'Stop'",
  '$env:CPIS_RUNNING, $env:CPIS_UPDATE | ForEach-Object {',
  '  $signature = Get-AuthenticodeSignature -LiteralPath $_',
  '  "$($signature.Status)|$($signature.SignerCertificate.Subject)"',
  '}',
].join('\n');

/** Rejects, with the reason, unless both files are validly signed in the same name. */
export async function checkSameSigner(running: string, update: string, run: PowerShell): Promise<void> {
  const printed = await run(script, { CPIS_RUNNING: running, CPIS_UPDATE: update });
  const [ofRunning, ofUpdate, ...more] = printed.trim().split(/\r?\n/).map(readLine);
  if (ofRunning === undefined || ofUpdate === undefined || more.length > 0)
    throw new Error('the code signature of the new version cannot be checked');
  if (ofRunning.status !== 'Valid' || ofRunning.subject === '')
    throw new Error('this viewer has no valid code signature, so none can be compared with it');
  if (ofUpdate.status !== 'Valid' || ofUpdate.subject !== ofRunning.subject)
    throw new Error('the new version is not signed by the publisher of this viewer');
}

function readLine(line: string) {
  const [status = '', ...subject] = line.split('|');
  return { status, subject: subject.join('|') };
}

/** Windows' own PowerShell: nothing of the user's stands in for it. */
export const windowsPowerShell: PowerShell = async (command, env) => {
  const { stdout, stderr } = await promisify(execFile)(
    windowsProgram('WindowsPowerShell', 'v1.0', 'powershell.exe'),
    ['-NoProfile', '-NonInteractive', '-Command', command],
    // Modules of the user's own could stand in for Get-AuthenticodeSignature.
    { env: { SystemRoot: windowsFolder, ...env }, timeout: 60_000, windowsHide: true },
  );
  if (stderr.trim() !== '') throw new Error('PowerShell could not check the code signature');
  return stdout;
};
