/** H16: the title bar and the task bar say which edition this is, and never anything of a patient (H9). */
const product = 'CP-IS Viewer';

/** Until the environment has been read. */
export function titleOfEdition(flavour: typeof __BUILD_FLAVOUR__): string {
  return flavour === 'training' ? `${product} – Training` : product;
}

/** The environment's tag is in it, where the environment is not live (H16). */
export function titleOfEnvironment(
  flavour: typeof __BUILD_FLAVOUR__,
  { live, tag }: { readonly live: boolean; readonly tag: string },
): string {
  return live || flavour === 'training' ? titleOfEdition(flavour) : `${product} – ${tag}`;
}
