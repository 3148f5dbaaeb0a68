/** `test` has the switches that end-to-end tests need; `training` has no way to a real service. See build/README.md. */
export type BuildFlavour = 'development' | 'test' | 'release' | 'training';
