/** Linux as this machine's own package is; Windows and macOS as Electron's releases and electron-builder lay them out. */
import { expect, test } from 'vitest';
import { belongsInPackage } from './package-files.ts';

const windows = [
  'cpis-viewer.exe',
  'd3dcompiler_47.dll',
  'ffmpeg.dll',
  'libEGL.dll',
  'vulkan-1.dll',
  'locales/en-GB.pak',
  'LICENSES.chromium.html',
  'resources/app.asar',
  'resources/app.asar.unpacked/pkcs11.node',
  'resources/elevate.exe',
  'Uninstall cpis-viewer.exe',
];
const framework = 'Contents/Frameworks/Electron Framework.framework';
const macos = [
  'Contents/MacOS/CP-IS Viewer',
  'Contents/Resources/app.asar',
  'Contents/Resources/LICENSE.electron.txt',
  'Contents/Frameworks/CP-IS Viewer Helper (GPU).app/Contents/MacOS/CP-IS Viewer Helper (GPU)',
  `${framework}/Electron Framework`,
  `${framework}/Versions/Current`,
  `${framework}/Versions/A/Electron Framework`,
  `${framework}/Versions/A/Libraries/libffmpeg.dylib`,
  `${framework}/Versions/A/Resources/en_GB.lproj/locale.pak`,
  'Contents/Frameworks/Squirrel.framework/Versions/A/Resources/ShipIt',
];

test.each([
  ...windows.map((file) => ['win32', file] as const),
  ...macos.map((file) => ['darwin', file] as const),
])('%s: %s belongs there', (system, file) => {
  expect(belongsInPackage(system, file, 'release')).toBe(true);
});

test.each([
  // Windows' loader takes a library beside the program before its own.
  ['win32', 'version.dll'],
  ['win32', 'dbghelp.dll'],
  ['win32', 'resources/ffmpeg.dll'],
  ['win32', 'resources/app/package.json'],
  ['win32', 'resources/app.asar.unpacked/simulator.mjs'],
  ['win32', 'cpis-viewer.exe.config'],
  ['win32', 'locales/de.pak'],
  ['darwin', 'Contents/MacOS/other'],
  ['darwin', 'Contents/Resources/app/main.js'],
  ['darwin', 'Contents/Frameworks/Other.framework/Versions/A/Other'],
  ['darwin', `${framework}/Versions/A/Libraries/libother.dylib`],
  ['darwin', `${framework}/Versions/A/Squirrel`],
  ['linux', 'libEGL.so.1'],
  ['linux', 'resources/default_app.asar'],
] as const)('%s: %s does not', (system, file) => {
  expect(belongsInPackage(system, file, 'release')).toBe(false);
});
