/** Where our parts stand in electron-builder's WiX project. `npm run test:windows` installs them under Wine. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';
import { installations, linkSchemeKey } from '../../../shared/installation.ts';
import { installerScript } from './installer-script.ts';
import { withOurParts } from './msi-project.ts';

const template = path.join(
  path.dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json')),
  'templates/msi/template.xml',
);
const project = async () =>
  (await readFile(template, 'utf8')).replace('{{-files}}', '<File Id="mainExecutable"/>');

test('the scheme is a component of its own, beside the files', async () => {
  const written = withOurParts(await project(), 'release');
  expect(written).toContain(`<RegistryKey Root="HKLM" Key="${linkSchemeKey}">`);
  expect(written).toContain('Value="&quot;[#mainExecutable]&quot; &quot;%1&quot;"/>');
  expect(written.indexOf('Id="LinkScheme"')).toBeGreaterThan(written.indexOf('<ComponentGroup Id='));
  expect(written.indexOf('Id="LinkScheme"')).toBeLessThan(written.indexOf('</ComponentGroup>'));
});

test.each(['release', 'training'] as const)(
  'W12: the %s MSI refuses beside its own NSIS installer',
  async (flavour) => {
    const written = withOurParts(await project(), flavour);
    expect(written).toContain(
      `Key="${installations[flavour].windows.nsisUninstallKey}" Name="UninstallString"`,
    );
    expect(written).toContain('<![CDATA[Installed OR NOT NSISINSTALLATION]]></Condition>');
    const refusal = written.indexOf('<Property Id="NSISINSTALLATION">');
    expect(refusal).toBeGreaterThan(written.indexOf('<Package '));
    expect(refusal).toBeLessThan(written.indexOf('<Feature '));
  },
);

test('training follows no link, on Windows as well', async () => {
  expect(withOurParts(await project(), 'training')).not.toContain('LinkScheme');
  expect(installerScript('training')).not.toContain('LINK_SCHEME_KEY');
  expect(installerScript('release')).toContain(`!define LINK_SCHEME_KEY "${linkSchemeKey}"\n`);
});

test('a project that it does not know is refused', () => {
  expect(() => withOurParts('<Wix></Wix>', 'release')).toThrow('find no place');
});
