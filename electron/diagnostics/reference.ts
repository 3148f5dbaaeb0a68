/**
 * A short id of our own, for the log and the help desk, where the service gave none. `clue` is a word or two, never
 * anything that came from outside. From the global `crypto`: Node's module need not be loaded for it before the window.
 */
export function newReference(clue?: string): string {
  const id = crypto.randomUUID().slice(0, 8);
  return clue === undefined || clue === '' ? id : `${id} ${clue}`;
}
