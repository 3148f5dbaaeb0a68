/** The file that electron-builder includes into its NSIS script: the names of an edition, and `installer.nsh`. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { linkSchemeKey, quitRequestFile } from '../../../shared/installation.ts';
import type { BuildFlavour } from '../../build-flavour.ts';
import { identityOf } from '../identity.ts';

/** `more`: defines of a test. */
export function installerScript(flavour: BuildFlavour, more: Readonly<Record<string, string>> = {}): string {
  const defines = {
    MSI_UPGRADE_CODE: identityOf(flavour).windows.msiUpgradeCode,
    QUIT_REQUEST: quitRequestFile,
    // A record system's patients are real: training follows no link.
    ...(flavour === 'training' ? {} : { LINK_SCHEME_KEY: linkSchemeKey }),
    ...more,
  };
  return [
    ...Object.entries(defines).map(([name, value]) => `!define ${name} "${value}"`),
    `!include "${path.join(import.meta.dirname, 'installer.nsh')}"`,
    '',
  ].join('\n');
}

/** Where `writeInstallerScript` writes it. */
export function installerScriptFile(documents: string): string {
  return path.join(documents, 'installer.nsh');
}

/** Into the folder of the package's documents. */
export async function writeInstallerScript(documents: string, flavour: BuildFlavour): Promise<void> {
  await writeFile(installerScriptFile(documents), installerScript(flavour));
}
