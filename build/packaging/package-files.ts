/**
 * The files of an unpacked or installed package, by their paths: Electron's own and ours. What is not named does not belong
 * there, be it a library that Windows' loader would prefer or a folder that Electron would run.
 * Sources: the releases of Electron 43 to 45 for each system; electron-builder 26 (what it renames and adds). The lists for
 * Windows and macOS are NOT YET RUN on a package.
 */
import path from 'node:path';
import type { BuildFlavour } from '../build-flavour.ts';
import {
  chromiumLanguages,
  chromiumLicencesFile,
  electronLicenceFile,
  licencesFile,
  ownLicenceFile,
  sbomFile,
  unpackedFiles,
} from './contents.ts';
import { identityOf } from './identity.ts';
import type { TargetPlatform } from './targets.ts';

/** `file`: its path from the package's folder, with slashes. */
export function belongsInPackage(system: TargetPlatform, file: string, flavour: BuildFlavour): boolean {
  return listed[system](flavour).some((allowed) =>
    typeof allowed === 'string' ? file === allowed : allowed.test(file),
  );
}

type List = (flavour: BuildFlavour) => readonly (string | RegExp)[];

const listed: Readonly<Record<TargetPlatform, List>> = {
  linux: (flavour) => [
    identityOf(flavour).executableName,
    'chrome-sandbox',
    'chrome_crashpad_handler',
    ...besideTheExecutable,
    /^lib(?:EGL|GLESv2|ffmpeg|vk_swiftshader)\.so$/,
    'libvulkan.so.1',
    ...resources('resources', flavour),
    // Written for the installers that are made from the folder.
    /^resources\/(?:package-type|apparmor-profile)$/,
  ],
  win32: (flavour) => [
    `${identityOf(flavour).executableName}.exe`,
    ...besideTheExecutable,
    /^(?:d3dcompiler_47|dxcompiler|dxil|ffmpeg|libEGL|libGLESv2|vk_swiftshader|vulkan-1)\.dll$/,
    ...resources('resources', flavour),
    // Of the NSIS installer.
    'resources/elevate.exe',
    path.win32.basename(identityOf(flavour).windows.uninstaller),
    'uninstallerIcon.ico',
  ],
  darwin: (flavour) => {
    const { productName } = identityOf(flavour);
    return [
      'Contents/Info.plist',
      'Contents/PkgInfo',
      'Contents/_CodeSignature/CodeResources',
      `Contents/MacOS/${productName}`,
      ...resources('Contents/Resources', flavour),
      /^Contents\/Resources\/(?:icon\.icns|Assets\.car|LICENSE\.electron\.txt|LICENSES\.chromium\.html)$/,
      ...helpers.flatMap((helper) => {
        const name = `${productName} Helper${helper}`;
        const contents = `Contents/Frameworks/${name}.app/Contents`;
        return [
          `${contents}/Info.plist`,
          `${contents}/PkgInfo`,
          `${contents}/_CodeSignature/CodeResources`,
          `${contents}/MacOS/${name}`,
        ];
      }),
      ...frameworks,
    ];
  },
};

const besideTheExecutable: readonly (string | RegExp)[] = [
  /^chrome_(?:100|200)_percent\.pak$/,
  'resources.pak',
  'icudtl.dat',
  /^(?:snapshot_blob|v8_context_snapshot)\.bin$/,
  'vk_swiftshader_icd.json',
  electronLicenceFile,
  chromiumLicencesFile,
  ...chromiumLanguages.map((language) => `locales/${language}.pak`),
];

function resources(folder: string, flavour: BuildFlavour): readonly string[] {
  return [
    'app.asar',
    sbomFile,
    ownLicenceFile,
    licencesFile,
    ...unpackedFiles(flavour).map((name) => `app.asar.unpacked/${name}`),
  ].map((name) => `${folder}/${name}`);
}

const helpers = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'];

/** Links stand for the newest, and only, version in them. */
const frameworks = [
  /^Contents\/Frameworks\/(Electron Framework|Mantle|ReactiveObjC|Squirrel)\.framework\/(?:\1|Resources|Helpers|Libraries|Versions\/Current)$/,
  /^Contents\/Frameworks\/(Electron Framework|Mantle|ReactiveObjC|Squirrel)\.framework\/Versions\/A\/(?:\1|Resources\/Info\.plist|_CodeSignature\/CodeResources)$/,
  'Contents/Frameworks/Squirrel.framework/Versions/A/Resources/ShipIt',
  /^Contents\/Frameworks\/Electron Framework\.framework\/Versions\/A\/Helpers\/chrome_crashpad_handler$/,
  /^Contents\/Frameworks\/Electron Framework\.framework\/Versions\/A\/Libraries\/(?:lib(?:EGL|GLESv2|ffmpeg|vk_swiftshader)\.dylib|vk_swiftshader_icd\.json)$/,
  /^Contents\/Frameworks\/Electron Framework\.framework\/Versions\/A\/Resources\/(?:MainMenu\.nib|icudtl\.dat|resources\.pak|chrome_(?:100|200)_percent\.pak|snapshot_blob\.bin|v8_context_snapshot(?:\.\w+)?\.bin|en(?:_GB)?\.lproj\/locale\.pak)$/,
];
