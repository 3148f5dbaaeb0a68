/** Made by `build/bundles/user-guide.ts`. */
declare module 'virtual:user-guide' {
  const guide: readonly import('../../../shared/guide.ts').GuideBlock[];
  export default guide;
}
