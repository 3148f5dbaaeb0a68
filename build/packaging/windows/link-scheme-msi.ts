/**
 * The scheme of the record system's links in the MSI: electron-builder has no setting for it, but lets its WiX project be
 * changed before it is compiled. NOT YET RUN.
 * Sources: Microsoft, "Registering an Application to a URI Scheme"; WiX 3, `RegistryValue`; Windows Installer, "Formatted".
 */
import { readFile, writeFile } from 'node:fs/promises';
import { linkSchemeKey } from '../../../shared/installation.ts';

/** Never to be changed: Windows Installer counts by it which packages have written these keys. */
const componentId = '0C7B5B0A-2F0A-4C7E-9E0B-6B1E6B1D3C52';

/** `[#mainExecutable]` is the path of the viewer, wherever it is installed. */
const component = `<Component Id="LinkScheme" Guid="${componentId}">
        <RegistryKey Root="HKLM" Key="${linkSchemeKey}">
          <RegistryValue Type="string" Value="URL:CP-IS Viewer link" KeyPath="yes"/>
          <RegistryValue Name="URL Protocol" Type="string" Value=""/>
          <RegistryValue Key="DefaultIcon" Type="string" Value="&quot;[#mainExecutable]&quot;,0"/>
          <RegistryValue Key="shell\\open\\command" Type="string" Value="&quot;[#mainExecutable]&quot; &quot;%1&quot;"/>
        </RegistryKey>
      </Component>
    `;

const endOfComponents = '</ComponentGroup>';

export function withLinkScheme(project: string): string {
  const parts = project.split(endOfComponents);
  if (parts.length !== 2 || !project.includes('Id="mainExecutable"'))
    throw new Error("electron-builder's WiX project has changed: the link scheme finds no place in it.");
  return parts.join(`  ${component}${endOfComponents}`);
}

export async function addLinkScheme(projectFile: string): Promise<void> {
  await writeFile(projectFile, withLinkScheme(await readFile(projectFile, 'utf8')));
}
