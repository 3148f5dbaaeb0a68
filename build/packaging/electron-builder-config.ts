import path from 'node:path';
import { Arch, type Configuration } from 'electron-builder';
import { linkScheme } from '../../shared/installation.ts';
import type { BuildFlavour } from '../build-flavour.ts';
import { appFolder } from '../build-viewer.ts';
import { windowPackages } from '../debian-packages.ts';
import type { ElectronRuntime } from '../electron-runtime/runtime.ts';
import { chromiumLanguages, packedFiles, unpackedFiles } from './contents.ts';
import { finishPackage, stripElectron } from './electron-builder-hooks.ts';
import { homepage, identityOf, maintainer, publisher } from './identity.ts';
import type { TargetPlatform } from './targets.ts';
import { installerScriptFile } from './windows/installer-script.ts';
import { changeProject } from './windows/msi-project.ts';

export interface PackageRecipe {
  readonly flavour: BuildFlavour;
  readonly platform: TargetPlatform;
  readonly version: string;
  readonly runtime: ElectronRuntime;
  /** Where packages are written. */
  readonly output: string;
  /** The SBOM and the licences, made for this package. */
  readonly documents: string;
  /** Stop where a system asks for a signature and none can be made. */
  readonly signed: boolean;
}

/** What Electron's executable loads, the keyring behind safeStorage, and what opens a browser for a link. */
const debianPackages = [
  ...windowPackages.filter((name) => name.startsWith('lib')),
  'libsecret-1-0',
  'xdg-utils',
];

const icons = path.join(import.meta.dirname, 'icon');
const linux = path.join(import.meta.dirname, 'linux');
const macos = path.join(import.meta.dirname, 'macos');

/**
 * What electron-builder is told, as a typed value. Nothing is left to its habits that matters here: no dependency is
 * collected, no file gets in that `contents.ts` does not list, nothing is published.
 * Source: electron-builder 26, "Configuration".
 */
export function electronBuilderConfig(recipe: PackageRecipe): Configuration {
  const { flavour, platform, version, runtime, output, documents, signed } = recipe;
  const { appId, productName, executableName, windows: windowsNames } = identityOf(flavour);
  const artifact = flavour === 'test' ? `${executableName}-test` : executableName;
  // A record system's patients are real: training follows no link.
  const followsLinks = flavour !== 'training';
  const scripts = {
    afterInstall: path.join(linux, 'after-install.tpl'),
    afterRemove: path.join(linux, 'after-remove.tpl'),
    appArmorProfile: path.join(linux, 'apparmor-profile.tpl'),
  };
  return {
    extends: null,
    appId,
    // On Linux this is the folder in /opt: Chromium's sandbox helper cannot be started from a path with a blank in it.
    productName: platform === 'linux' ? executableName : productName,
    copyright: 'The CP-IS Viewer contributors, MIT licence',
    directories: { app: appFolder(flavour), output, buildResources: icons },
    artifactName: `${artifact}-\${version}-\${os}-\${arch}.\${ext}`,
    extraMetadata: {
      name: executableName,
      productName,
      version,
      description: 'Shows a clinician what Child Protection - Information Sharing knows about a child.',
      // An object: of a text electron-builder makes no publisher, and the executable keeps Electron's company.
      author: publisher,
      homepage,
      license: 'MIT',
      // Linux finds the icon and the entry of a running window by it.
      desktopName: `${executableName}.desktop`,
    },

    // Everything is bundled: there is no node_modules to collect or rebuild.
    beforeBuild: async () => false,
    files: [...unpackedFiles(flavour), ...packedFiles],
    asar: true,
    asarUnpack: [...unpackedFiles(flavour)],
    disableAsarIntegrity: false,
    extraResources: [{ from: documents, to: '.', filter: ['*.json', '*.txt'] }],

    electronVersion: runtime.version,
    electronDist: path.dirname(runtime.executable),
    electronLanguages: [...chromiumLanguages],
    afterExtract: stripElectron,
    afterPack: (context) => finishPackage(context, flavour),

    // Linux and macOS read this; the Windows installers have it from the folder `windows`.
    protocols: followsLinks ? [{ name: `${productName} link`, schemes: [linkScheme], role: 'Viewer' }] : [],
    msiProjectCreated: (file) => changeProject(file, flavour),
    compression: 'normal',
    publish: null,
    forceCodeSigning: signed,
    // The static AppImage runtime needs no FUSE 2, and starts the viewer without --no-sandbox.
    toolsets: { appimage: '1.0.3' },

    linux: {
      executableName,
      icon: icons,
      category: 'Office',
      syncDesktopName: true,
      synopsis: productName,
      maintainer,
      vendor: productName,
      desktop: {
        entry: {
          Name: productName,
          Keywords: 'CP-IS;safeguarding;child protection;',
          StartupNotify: 'true',
        },
      },
    },
    deb: { ...scripts, depends: [...debianPackages], recommends: ['fonts-liberation'] },
    // `rpm --verify` compares modes: this is the one that the script after an installation gives.
    rpm: { ...scripts, fpm: ['--rpm-attr', `4755,root,root:/opt/${executableName}/chrome-sandbox`] },
    appImage: { executableArgs: [] },

    win: {
      icon: path.join(icons, 'icon.ico'),
      executableName,
      requestedExecutionLevel: 'asInvoker',
    },
    // Per machine, an installer with pages for a person and `/S` for a deployment tool; nothing starts after it.
    nsis: {
      include: installerScriptFile(documents),
      guid: windowsNames.nsisGuid,
      oneClick: false,
      perMachine: true,
      allowElevation: true,
      allowToChangeInstallationDirectory: false,
      deleteAppDataOnUninstall: false,
      runAfterFinish: false,
      createDesktopShortcut: false,
      differentialPackage: false,
      warningsAsErrors: true,
    },
    msi: {
      oneClick: false,
      perMachine: true,
      runAfterFinish: false,
      createDesktopShortcut: false,
      upgradeCode: windowsNames.msiUpgradeCode,
      warningsAsErrors: true,
    },

    mac: {
      icon: path.join(icons, 'icon.icns'),
      category: 'public.app-category.medical',
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: path.join(macos, 'entitlements.plist'),
      entitlementsInherit: path.join(macos, 'entitlements.plist'),
      notarize: signed,
    },
    dmg: { title: productName, sign: false },
  };
}

/** electron-builder's number for an architecture. */
export const archNumbers = { x64: Arch.x64, arm64: Arch.arm64 } as const;
