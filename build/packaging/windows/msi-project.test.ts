/**
 * Our parts in electron-builder's WiX project, and the whole project as WiX' own compiler reads it. `npm run test:windows`
 * installs our parts under Wine.
 */
import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Arch, build, Platform } from 'electron-builder';
import { describe, expect, test, vi } from 'vitest';
import { sharedTemporaryFolder } from '../../../e2e/doubles/temporary-folder.ts';
import { installations, linkSchemeKey } from '../../../shared/installation.ts';
import { electronBuilderConfig } from '../electron-builder-config.ts';
import { installerScript } from './installer-script.ts';
import { withOurParts } from './msi-project.ts';

// electron-builder and Mono are started.
vi.setConfig({ testTimeout: 60_000 });

type Edition = keyof typeof installations;
const editions = ['release', 'training'] as const;

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

test.each(editions)('W12: the %s MSI refuses beside its own NSIS installer', async (flavour) => {
  const written = withOurParts(await project(), flavour);
  expect(written).toContain(
    `Key="${installations[flavour].windows.nsisUninstallKey}" Name="UninstallString"`,
  );
  expect(written).toContain('<![CDATA[Installed OR NOT NSISINSTALLATION]]></Condition>');
  const refusal = written.indexOf('<Property Id="NSISINSTALLATION">');
  expect(refusal).toBeGreaterThan(written.indexOf('<Package '));
  expect(refusal).toBeLessThan(written.indexOf('<Feature '));
});

test('training follows no link, on Windows as well', async () => {
  expect(withOurParts(await project(), 'training')).not.toContain('LinkScheme');
  expect(installerScript('training')).not.toContain('LINK_SCHEME_KEY');
  expect(installerScript('release')).toContain(`!define LINK_SCHEME_KEY "${linkSchemeKey}"\n`);
});

test('a project that it does not know is refused', () => {
  expect(() => withOurParts('<Wix></Wix>', 'release')).toThrow('find no place');
});

/**
 * candle.exe of WiX 3.10, which compiles and then compares with the schema in it, on Mono: both come with packages. WiX
 * 4.0.0.5512, which electron-builder fetches, comes with none; until then the two languages differed in their namespace and in
 * folders below folders, so these projects have no folders. light.exe, which links, runs on Windows alone.
 */
describe('WiX', () => {
  const candle = path.join(
    path.dirname(createRequire(import.meta.url).resolve('electron-winstaller/package.json')),
    'vendor/candle.exe',
  );
  const folder = sharedTemporaryFolder();

  /** The project as electron-builder writes it for our settings, which it ends with: WiX itself cannot be fetched. */
  async function writtenProject(edition: Edition): Promise<string> {
    const app = path.join(folder, edition);
    const files = path.join(app, 'files');
    await mkdir(files, { recursive: true });
    await writeFile(path.join(app, 'package.json'), '{ "name": "app", "version": "1.2.3" }');
    await writeFile(path.join(files, `${installations[edition].executableName}.exe`), 'MZ');
    let written: string | undefined;
    const config = electronBuilderConfig({
      flavour: edition,
      platform: 'win32',
      version: '1.2.3',
      runtime: { executable: '/electron/electron', version: '45.4.1', origin: 'official' },
      output: path.join(app, 'out'),
      documents: app,
      signed: false,
    });
    const ended = build({
      projectDir: app,
      prepackaged: files,
      publish: 'never',
      targets: Platform.WINDOWS.createTarget('msi', Arch.x64),
      config: {
        ...config,
        directories: { ...config.directories, app },
        async msiProjectCreated(file) {
          written = await readFile(file, 'utf8');
          throw new Error('far enough');
        },
      },
    });
    await expect(ended).rejects.toThrow('far enough');
    return written ?? '';
  }

  /** What the compiler says of a project; where that is nothing, what it gives the linker: the rows of the MSI's tables. */
  async function compile(project: string): Promise<{ readonly said: string; readonly compiled: string }> {
    const wix3 = project.replace('wixtoolset.org/schemas/v4/wxs', 'schemas.microsoft.com/wix/2006/wi');
    await writeFile(path.join(folder, 'project.wxs'), wix3);
    // A word that begins with a slash is a switch.
    const words = [candle, '-nologo', '-wx', '-arch', 'x64', '-dappDir=files', 'project.wxs'];
    const { status, stdout } = spawnSync('mono', words, { cwd: folder, encoding: 'utf8' });
    if (status !== 0) return { said: stdout, compiled: '' };
    return { said: '', compiled: await readFile(path.join(folder, 'project.wixobj'), 'utf8') };
  }

  /** The fields of each row, with a comma between them. */
  function rowsOf(compiled: string, table: string): readonly string[] {
    const [, rows = ''] = new RegExp(`<table name="${table}">(.*?)</table>`, 's').exec(compiled) ?? [];
    return [...rows.matchAll(/<row[^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
      [...row.matchAll(/<field(?: \/|[^>]*>([^<]*)<\/field)>/g)].map(([, text = '']) => text).join(),
    );
  }

  test.each(editions)('compiles the whole project of the %s MSI', async (edition) => {
    const { productName, windows } = installations[edition];
    const { said, compiled } = await compile(withOurParts(await writtenProject(edition), edition));
    expect(said).toBe('');
    // 2: a value as it is; 16: in the 64-bit registry.
    expect(rowsOf(compiled, 'RegLocator')).toEqual([
      `NsisInstallation,2,${windows.nsisUninstallKey},UninstallString,${2 + 16}`,
    ]);
    expect(rowsOf(compiled, 'LaunchCondition')).toContain(
      `Installed OR NOT NSISINSTALLATION,${productName} is installed by its NSIS installer. Remove that first.`,
    );
    const upgrade = rowsOf(compiled, 'Upgrade');
    expect(upgrade).toHaveLength(2);
    for (const row of upgrade) expect(row).toContain(`{${windows.msiUpgradeCode}}`);
    const scheme = rowsOf(compiled, 'Registry').map((row) => row.replace(/^reg\w+,/, ''));
    expect(scheme).toEqual(
      edition === 'training'
        ? []
        : [
            `2,${linkSchemeKey},,URL:CP-IS Viewer link,LinkScheme`,
            `2,${linkSchemeKey},URL Protocol,,LinkScheme`,
            `2,${linkSchemeKey}\\DefaultIcon,,"[#mainExecutable]",0,LinkScheme`,
            `2,${linkSchemeKey}\\shell\\open\\command,,"[#mainExecutable]" "%1",LinkScheme`,
          ],
    );
    // 256: a component of 64 bits.
    for (const row of rowsOf(compiled, 'Component')) expect(row).toMatch(/,APPLICATIONFOLDER,2(?:56|60),/);
  });

  test('finds a mistake in our parts', async () => {
    const project = withOurParts(await writtenProject('release'), 'release');
    const wrong = async (from: string, to: string) => (await compile(project.replace(from, to))).said;
    expect(await wrong('Type="raw"', 'Type="text"')).toContain('RegistrySearch/@Type');
    expect(await wrong('Value="URL:', 'Values="URL:')).toContain("unexpected attribute 'Values'");
    expect(await wrong('<Condition Message="CP-IS', '<Condition Text="CP-IS')).toContain('Condition');
  });
});
