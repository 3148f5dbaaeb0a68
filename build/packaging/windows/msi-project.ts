/**
 * What our MSI adds to electron-builder's: the scheme of the record system's links, and a refusal beside the NSIS installer.
 * electron-builder has a setting for neither, but lets its WiX project be changed before it is compiled. The parts are compiled
 * by Debian's wixl and installed under Wine by `npm run test:windows`; the whole project is compiled by WiX 3.10's own compiler
 * (`msi-project.test.ts`); the whole MSI is NOT YET RUN.
 * Sources: Microsoft, "Registering an Application to a URI Scheme"; WiX 3, `RegistryValue`, `RegistrySearch`, `Condition`;
 * Windows Installer, "Formatted", "LaunchCondition Table".
 */
import { readFile, writeFile } from 'node:fs/promises';
import { linkSchemeKey } from '../../../shared/installation.ts';
import type { BuildFlavour } from '../../build-flavour.ts';
import { identityOf } from '../identity.ts';

/** Never to be changed: Windows Installer counts by it which packages have written these keys. */
const componentId = '0C7B5B0A-2F0A-4C7E-9E0B-6B1E6B1D3C52';

/** `[#mainExecutable]` is the path of the viewer, wherever it is installed. */
export const linkSchemeComponent = `<Component Id="LinkScheme" Guid="${componentId}">
        <RegistryKey Root="HKLM" Key="${linkSchemeKey}">
          <RegistryValue Type="string" Value="URL:CP-IS Viewer link" KeyPath="yes"/>
          <RegistryValue Name="URL Protocol" Type="string" Value=""/>
          <RegistryValue Key="DefaultIcon" Type="string" Value="&quot;[#mainExecutable]&quot;,0"/>
          <RegistryValue Key="shell\\open\\command" Type="string" Value="&quot;[#mainExecutable]&quot; &quot;%1&quot;"/>
        </RegistryKey>
      </Component>`;

/** What the NSIS installer leaves is looked for in the 64-bit registry, because the package has 64 bits. */
export function nsisSearch(flavour: BuildFlavour): string {
  const { nsisUninstallKey } = identityOf(flavour).windows;
  return `<Property Id="NSISINSTALLATION">
      <RegistrySearch Id="NsisInstallation" Root="HKLM" Key="${nsisUninstallKey}" Name="UninstallString" Type="raw"/>
    </Property>`;
}

/** Otherwise Windows Installer ends with 1603, and says the message. */
export function nsisCondition(flavour: BuildFlavour): {
  readonly condition: string;
  readonly message: string;
} {
  return {
    condition: 'Installed OR NOT NSISINSTALLATION',
    message: `${identityOf(flavour).productName} is installed by its NSIS installer. Remove that first.`,
  };
}

/** `project`: electron-builder's WiX project. Throws where our parts find no place in it. */
export function withOurParts(project: string, flavour: BuildFlavour): string {
  const { condition, message } = nsisCondition(flavour);
  const refusal = `${nsisSearch(flavour)}
    <Condition Message="${message}"><![CDATA[${condition}]]></Condition>`;
  const refusing = insertBefore(project, '<MajorUpgrade ', `${refusal}\n    `);
  // A record system's patients are real: training follows no link.
  if (flavour === 'training') return refusing;
  if (!project.includes('Id="mainExecutable"')) throw changed;
  return insertBefore(refusing, '</ComponentGroup>', `  ${linkSchemeComponent}\n    `);
}

const changed = new Error("electron-builder's WiX project has changed: our parts find no place in it.");

function insertBefore(text: string, place: string, part: string): string {
  const [before, after, ...more] = text.split(place);
  if (before === undefined || after === undefined || more.length > 0) throw changed;
  return `${before}${part}${place}${after}`;
}

/** The hook `msiProjectCreated`: changes the file in place. */
export async function changeProject(projectFile: string, flavour: BuildFlavour): Promise<void> {
  await writeFile(projectFile, withOurParts(await readFile(projectFile, 'utf8'), flavour));
}
