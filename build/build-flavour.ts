/** `test` has the switches that end-to-end tests need; `training` has no way to a real service. */
export type BuildFlavour = 'development' | 'test' | 'release' | 'training';
