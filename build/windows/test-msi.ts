/**
 * A small MSI to try under Wine: our parts of the release's, compiled by Debian's wixl around one file. wixl knows no
 * condition of a product and, unlike WiX with `-arch x64`, takes a component for one of 32 bits unless it says otherwise.
 */
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { run } from '../commands/run.ts';
import { identityOf, publisher } from '../packaging/identity.ts';
import { linkSchemeComponent, nsisCondition, nsisSearch } from '../packaging/windows/msi-project.ts';
import { bundleFolder } from './bundle.ts';

/** `viewer`: the stand-in. Writes `release.msi` into the folder. */
export async function makeTestMsi(folder: string, viewer: string): Promise<void> {
  const { executableName, productName, windows } = identityOf('release');
  // wixl takes only files beside the project.
  const workFolder = await mkdtemp(path.join(bundleFolder, 'msi-'));
  try {
    await copyFile(viewer, path.join(workFolder, 'viewer.exe'));
    const project = path.join(workFolder, 'release.wxs');
    await writeFile(
      project,
      with64Bits(`<?xml version="1.0" encoding="UTF-8"?>
<Wix xmlns="http://schemas.microsoft.com/wix/2006/wi">
  <Product Id="*" Name="${productName}" UpgradeCode="${windows.msiUpgradeCode}" Version="1.0.0" Language="1033" Codepage="65001" Manufacturer="${publisher.name}">
    <Package Compressed="yes" InstallerVersion="500" InstallScope="perMachine"/>
    ${nsisSearch('release')}
    <MajorUpgrade DowngradeErrorMessage="A newer version is installed."/>
    <Media Id="1" Cabinet="files.cab" EmbedCab="yes"/>
    <Directory Id="TARGETDIR" Name="SourceDir">
      <Directory Id="ProgramFiles64Folder">
        <Directory Id="APPLICATIONFOLDER" Name="${path.win32.basename(windows.folder)}">
          <Component Id="Executable" Guid="*">
            <File Id="mainExecutable" Source="viewer.exe" Name="${executableName}.exe" KeyPath="yes"/>
          </Component>
          ${linkSchemeComponent}
        </Directory>
      </Directory>
    </Directory>
    <Feature Id="ProductFeature"><ComponentRef Id="Executable"/><ComponentRef Id="LinkScheme"/></Feature>
  </Product>
</Wix>
`),
    );
    const msi = path.join(folder, 'release.msi');
    await run('wixl', ['--arch', 'x64', '--output', msi, project]);
    const { condition, message } = nsisCondition('release');
    const columns = '`Condition`, `Description`';
    await run('msibuild', [
      msi,
      '-q',
      `INSERT INTO \`LaunchCondition\` (${columns}) VALUES ('${condition}', '${message}')`,
    ]);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

function with64Bits(project: string): string {
  return project.replaceAll(/<(Component|RegistrySearch) /g, '<$1 Win64="yes" ');
}
