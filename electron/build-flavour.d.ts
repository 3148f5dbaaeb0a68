/**
 * For whom this bundle was built, put in by `build/build-viewer.ts`. Only `development` and `test` accept an environment
 * file on the command line; `training` has the simulator in it, and asks nothing else.
 */
declare const __BUILD_FLAVOUR__: 'development' | 'test' | 'release' | 'training';

/**
 * The key that published versions are signed with: Ed25519, SubjectPublicKeyInfo in base64. The empty text in a build
 * without one, which then looks for no new version.
 */
declare const __UPDATE_KEY__: string;
