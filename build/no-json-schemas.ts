/**
 * Stands in for ajv and ajv-formats in the bundles. Settings are checked by valibot; code that gives electron-store a
 * `schema` all the same is told at once, instead of having it passed over.
 */
export class Ajv2020 {
  constructor() {
    throw new Error('This build has no JSON Schema: check the settings with valibot, or bundle ajv again.');
  }
}

export default function addFormats(): void {}
