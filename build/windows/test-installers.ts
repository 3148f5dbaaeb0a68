/**
 * Installers to try under Wine: electron-builder's own NSIS script with our include, compiled by Debian's makensis for 64 bits
 * (Wine's 32 bits cannot be installed everywhere), around a stand-in for the viewer. Three plug-ins that cannot be fetched have
 * stand-ins in `windows/installer`; the start menu is left out.
 */
import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { run } from '../commands/run.ts';
import { identityOf, publisher } from '../packaging/identity.ts';
import { installerScript } from '../packaging/windows/installer-script.ts';
import { root } from '../root.ts';
import { bundleFolder } from './bundle.ts';
import { makeTestMsi } from './test-msi.ts';
import { type Wine, windowsPath } from './wine.ts';

type Edition = 'release' | 'training';

const templates = path.join(
  path.dirname(createRequire(import.meta.url).resolve('app-builder-lib/package.json')),
  'templates/nsis',
);
const standIns = path.join(root, 'windows', 'installer');
const folder = path.join(bundleFolder, 'installers');

/** Returns the folder with `<edition>-<version>.exe` and `release.msi`. */
export async function makeTestInstallers(wine: Wine, standInViewer: string): Promise<string> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await compilePlugin();
  await makeInstaller(wine, standInViewer, 'release', '1.0.0');
  await makeInstaller(wine, standInViewer, 'release', '2.0.0');
  await makeInstaller(wine, standInViewer, 'training', '1.0.0');
  await makeTestMsi(folder, standInViewer);
  return folder;
}

async function makeInstaller(wine: Wine, viewer: string, edition: Edition, version: string): Promise<void> {
  const name = `${edition}-${version}`;
  const { appId, productName, executableName, windows } = identityOf(edition);
  const files = path.join(folder, name);
  await mkdir(path.join(files, 'resources'), { recursive: true });
  await copyFile(viewer, path.join(files, path.win32.basename(windows.executable)));
  await writeFile(path.join(files, 'resources', 'app.asar'), version);
  await writeFile(path.join(files, 'zz-last.txt'), version);
  const defines = {
    APP_ID: appId,
    APP_GUID: windows.nsisGuid,
    UNINSTALL_APP_KEY: windows.nsisGuid,
    PRODUCT_NAME: productName,
    PRODUCT_FILENAME: executableName,
    APP_FILENAME: executableName,
    APP_DESCRIPTION: productName,
    VERSION: version,
    APP_PACKAGE_NAME: executableName,
    COMPANY_NAME: publisher.name,
    APP_INSTALLER_STORE_FILE: `${executableName}-updater\\installer.exe`,
    APP_BUILD_DIR: files,
    APP_64: files,
    SHORTCUT_NAME: productName,
    UNINSTALL_DISPLAY_NAME: `${productName} ${version}`,
    DO_NOT_CREATE_DESKTOP_SHORTCUT: '',
    DO_NOT_CREATE_START_MENU_SHORTCUT: '',
    HIDE_RUN_AFTER_FINISH: '',
    INSTALL_MODE_PER_ALL_USERS: '',
    INSTALL_MODE_PER_ALL_USERS_REQUIRED: '',
  };
  const script = await headerOf(edition);
  const uninstaller = path.join(folder, `${name}-uninstaller.exe`);
  const maker = path.join(folder, `${name}-make-uninstaller.exe`);
  const making = { ...defines, BUILD_UNINSTALLER: '', UNINSTALLER_OUT_FILE: windowsPath(uninstaller) };
  await compile(maker, making, script);
  await wine.run(maker, ['/S']);
  await compile(path.join(folder, `${name}.exe`), { ...defines, UNINSTALLER_OUT_FILE: uninstaller }, script);
}

/** What electron-builder writes before its script: flags, languages, messages, our include. */
async function headerOf(edition: Edition): Promise<string> {
  const flags = ['updated', 'forceRun', 'keepShortcuts', 'noDesktopShortcut', 'deleteAppData'].map((flag) => {
    const name = `is${flag.slice(0, 1).toUpperCase()}${flag.slice(1)}`;
    const word = flag.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    return `!macro _${name} _a _b _t _f
  \${StdUtils.TestParameter} $R9 "${word}"
  StrCmp "$R9" "true" \`\${_t}\` \`\${_f}\`
!macroend
!define ${name} \`"" ${name} ""\``;
  });
  const messages = `${await readFile(path.join(templates, 'messages.yml'), 'utf8')}\n${await readFile(path.join(templates, 'assistedMessages.yml'), 'utf8')}`;
  const strings = [...messages.matchAll(/^(\w+):\r?\n {2}en: "?(.*?)"?\r?$/gm)].map(
    ([, name, text = '']) => `LangString ${name} 1033 "${text.replaceAll('"', '$\\"')}"`,
  );
  return [
    // In 64 bits the question whether Windows has 64 bits has one answer, and a label that nothing jumps to.
    '!pragma warning disable 6012',
    `!addincludedir "${standIns}"`,
    `!addplugindir /amd64-unicode "${folder}"`,
    '!include "StdUtils.nsh"',
    `!addincludedir "${path.join(templates, 'include')}"`,
    ...flags,
    '!macro addLangs',
    '  !insertmacro MUI_LANGUAGE "English"',
    '!macroend',
    ...strings,
    installerScript(edition, { QUIT_LIMIT_SECONDS: '3' }),
    `!include "${path.join(templates, 'installer.nsi')}"`,
    '',
  ].join('\n');
}

async function compilePlugin(): Promise<void> {
  const output = path.join(folder, 'WinShell.dll');
  await run('x86_64-w64-mingw32-gcc', ['-shared', '-s', '-o', output, path.join(standIns, 'WinShell.c')]);
}

async function compile(
  output: string,
  defines: Readonly<Record<string, string>>,
  header: string,
): Promise<void> {
  const script = `${output}.nsi`;
  await writeFile(
    script,
    `Target amd64-unicode\nOutFile "${output}"\nSetCompressor zlib\n!cd "${templates}"\n${header}`,
  );
  await run('makensis', [
    '-WX',
    '-INPUTCHARSET',
    'UTF8',
    ...Object.entries(defines).map(([name, value]) => (value === '' ? `-D${name}` : `-D${name}=${value}`)),
    script,
  ]);
}
