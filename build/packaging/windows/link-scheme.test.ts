/** What the two Windows installers write for `cpis-viewer:`. Neither has been run on Windows. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { linkScheme } from '../../../shared/installation.ts';
import { electronBuilderConfig } from '../electron-builder-config.ts';
import { withLinkScheme } from './link-scheme-msi.ts';

const configOf = (flavour: 'release' | 'training') =>
  electronBuilderConfig({
    flavour,
    platform: 'win32',
    version: '1.2.3',
    runtime: { executable: '/electron/electron', version: '45.4.1', origin: 'official' },
    output: '/out',
    documents: '/documents',
    signed: true,
  });

describe('NSIS', () => {
  const include = async () => readFile(configOf('release').nsis?.include ?? '', 'utf8');

  test('the installer writes the key of the scheme, for the machine, as Windows reads it', async () => {
    const text = await include();
    expect(text).toContain(`!define LINK_SCHEME_KEY "Software\\Classes\\${linkScheme}"\n`);
    const written = [...text.matchAll(/WriteRegStr (\S+) "([^"]*)" "([^"]*)" (.+)/g)].map((match) =>
      match.slice(1),
    );
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: NSIS writes its names so
    expect(written).toEqual([
      ['HKLM', '${LINK_SCHEME_KEY}', '', '"URL:CP-IS Viewer link"'],
      ['HKLM', '${LINK_SCHEME_KEY}', 'URL Protocol', '""'],
      ['HKLM', '${LINK_SCHEME_KEY}\\DefaultIcon', '', `'"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}",0'`],
      ['HKLM', '${LINK_SCHEME_KEY}\\shell\\open\\command', '', "'${LINK_COMMAND}'"],
    ]);
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: NSIS writes its names so
  });

  test('the program and the link are each one argument', async () => {
    expect(await include()).toContain(
      `!define LINK_COMMAND '"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" "%1"'\n`,
    );
  });

  test('the uninstaller takes the key away', async () => {
    const [, uninstall = ''] = (await include()).split('!macro customUnInstall\n');
    expect(uninstall).toMatch(/DeleteRegKey HKLM "\$\{LINK_SCHEME_KEY\}"/);
  });
});

describe('MSI', () => {
  const template = path.join(
    path.dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json')),
    'templates/msi/template.xml',
  );
  const project = async () =>
    (await readFile(template, 'utf8')).replace('{{-files}}', '<File Id="mainExecutable"/>');

  test("a component of electron-builder's project writes the same keys", async () => {
    const written = withLinkScheme(await project());
    expect(written).toContain(`<RegistryKey Root="HKLM" Key="Software\\Classes\\${linkScheme}">`);
    expect(written).toContain('<RegistryValue Name="URL Protocol" Type="string" Value=""/>');
    expect(written).toContain(
      'Key="shell\\open\\command" Type="string" Value="&quot;[#mainExecutable]&quot; &quot;%1&quot;"/>',
    );
    expect(written.indexOf('Id="LinkScheme"')).toBeGreaterThan(written.indexOf('<ComponentGroup Id='));
    expect(written.indexOf('Id="LinkScheme"')).toBeLessThan(written.indexOf('</ComponentGroup>'));
  });

  test('a project that it does not know is refused', () => {
    expect(() => withLinkScheme('<Wix></Wix>')).toThrow('finds no place');
  });
});

test('training follows no link, on Windows as well', () => {
  expect(configOf('training').nsis?.include).toBeUndefined();
  expect(configOf('training').msiProjectCreated).toBeUndefined();
  expect(configOf('release').msiProjectCreated).toBeDefined();
});
