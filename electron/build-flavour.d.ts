/**
 * For whom this bundle was built, put in by `build/build-viewer.ts`. Only `development` and `test` accept an environment
 * file on the command line.
 */
declare const __BUILD_FLAVOUR__: 'development' | 'test' | 'release';
