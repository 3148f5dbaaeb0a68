/**
 * Electron's fuses: switches in the executable itself, which no command line, variable or file beside it can turn back.
 * Every fuse is named, so that a new one cannot be forgotten: with an Electron that has more, packaging stops.
 * Source: Electron, "Electron Fuses".
 */
import {
  type FuseConfig,
  FuseState,
  FuseV1Options,
  FuseVersion,
  flipFuses,
  getCurrentFuseWire,
} from '@electron/fuses';
import type { BuildFlavour } from '../build-flavour.ts';

export type Fuses = Readonly<Record<FuseV1Options, boolean>>;

/** What a package of that flavour is built with. Only Playwright's way in differs, and only in the test flavour. */
export function fusesFor(flavour: BuildFlavour): Fuses {
  return {
    // ELECTRON_RUN_AS_NODE would turn the signed executable into a Node for any script.
    [FuseV1Options.RunAsNode]: false,
    // No cookie is kept on the disk; should one ever be, then not in clear.
    [FuseV1Options.EnableCookieEncryption]: true,
    // NODE_OPTIONS=--require would load a file of anyone's into the main process.
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    // --inspect would give any program of the user's the main process, and with it the tokens.
    [FuseV1Options.EnableNodeCliInspectArguments]: flavour === 'test',
    // A changed app.asar does not start. Windows and macOS; Linux has no such check, there ownership stands for it.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
    // A folder `app` beside app.asar would be loaded unchecked.
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    // There is one snapshot for all processes.
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    // Pages come from app://viewer; file:// needs no rights.
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    // As Electron has it: WebAssembly's bounds are checked by traps. The content security policy runs no WebAssembly.
    [FuseV1Options.WasmTrapHandlers]: true,
  };
}

function fuseName(fuse: number): string {
  return FuseV1Options[fuse] ?? `number ${fuse}`;
}

/** Flips them all. An older Electron lacks the newest; one with more than we name is refused. */
export async function setFuses(executable: string, wanted: Fuses): Promise<void> {
  const present = await readFuses(executable);
  const config: FuseConfig = { version: FuseVersion.V1 };
  for (const fuse of present.keys()) {
    if (!isNamed(fuse))
      throw new Error(
        `This Electron has a fuse ${fuseName(fuse)} that build/packaging/fuses.ts does not name.`,
      );
    config[fuse] = wanted[fuse];
  }
  await flipFuses(executable, config);
}

/** Each fuse that the executable has, by its number: on, off, or `undefined` where Electron has retired it. */
export async function readFuses(executable: string): Promise<ReadonlyMap<number, boolean | undefined>> {
  const { version: _, ...wire } = await getCurrentFuseWire(executable);
  return new Map(
    Object.entries(wire).map(([fuse, state]) => [
      Number(fuse),
      state === FuseState.ENABLE ? true : state === FuseState.DISABLE ? false : undefined,
    ]),
  );
}

/** The differences between what an executable has and what it should have, a sentence each. */
export function fuseProblems(
  present: ReadonlyMap<number, boolean | undefined>,
  wanted: Fuses,
): readonly string[] {
  const problems: string[] = [];
  for (const [fuse, on] of present) {
    if (!isNamed(fuse)) problems.push(`the fuse ${fuseName(fuse)} is not one that we know`);
    else if (on !== undefined && on !== wanted[fuse])
      problems.push(`the fuse ${fuseName(fuse)} is ${on ? 'on' : 'off'}`);
  }
  // Electron 30 and later have these eight; a wire without one is not an Electron of ours.
  for (let fuse = 0; fuse <= FuseV1Options.GrantFileProtocolExtraPrivileges; fuse += 1) {
    if (!present.has(fuse)) problems.push(`the fuse ${fuseName(fuse)} is missing`);
  }
  return problems;
}

function isNamed(fuse: number): fuse is FuseV1Options {
  return FuseV1Options[fuse] !== undefined;
}
