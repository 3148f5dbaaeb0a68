/**
 * Stands in for code that electron-store brings through conf and atomically, and that is not bundled:
 * - ajv and ajv-formats, 145 kB. Settings are checked by valibot.
 * - semver, 35 kB: conf compares versions with it where a store has migrations, and ours has none.
 * - when-exit: on SIGTERM, SIGHUP and SIGINT it sends the signal to its own process once more, which then ends before it has
 *   signed anyone out.
 */

/** Code that gives electron-store a `schema` all the same is told at once, instead of having it passed over. */
export class Ajv2020 {
  constructor() {
    throw new Error('This build has no JSON Schema: check the settings with valibot, or bundle ajv again.');
  }
}

/** In place of ajv-formats' `addFormats`, of `whenExit`, and of semver, whose functions are missing then. */
export default function nothing(): void {}
