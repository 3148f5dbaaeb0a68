/**
 * Stands in for code of libraries that is not bundled:
 * - ajv and ajv-formats, 145 kB, which conf (of electron-store) brings. Settings are checked by valibot.
 * - when-exit, which electron-store brings through conf and atomically: on SIGTERM, SIGHUP and SIGINT it sends the signal to its
 *   own process once more, which then ends before it has signed anyone out.
 * - xml2js, 200 kB: dbus-native reads descriptions of remote objects with it, and none is read here.
 */

/** Code that gives electron-store a `schema` all the same is told at once, instead of having it passed over. */
export class Ajv2020 {
  constructor() {
    throw new Error('This build has no JSON Schema: check the settings with valibot, or bundle ajv again.');
  }
}

/** In place of ajv-formats' `addFormats` and of `whenExit`. */
export default function nothing(): void {}
