import * as v from 'valibot';
import { keyName } from '../../settings/key-name.ts';

export type KeysCommand =
  | {
      readonly kind: 'import';
      readonly name: string;
      readonly file: string;
      /** Holds the passphrase of an encrypted PEM file. */
      readonly passphraseFile: string | undefined;
    }
  | { readonly kind: 'list' }
  | { readonly kind: 'remove'; readonly name: string }
  /** Prints the public keys that the environment names. */
  | { readonly kind: 'publish' }
  | { readonly kind: 'not-understood'; readonly problem: string };

export const keysUsage = `Usage:
  cpis-viewer keys import <name> <file.pem> [<passphrase file>]
  cpis-viewer keys list
  cpis-viewer keys remove <name>
  cpis-viewer keys publish
`;

/**
 * Parses `cpis-viewer keys …`, with which an administrator manages this site's signing keys without a window. The command
 * has no switches, because a released viewer refuses unknown switches.
 */
export function parseKeysCommand(words: readonly string[]): KeysCommand {
  const [action, ...rest] = words;
  const [name = '', file = '', passphraseFile] = rest;
  switch (action) {
    case 'import':
      if (name === '' || file === '') return notUnderstood('The name of the key or of its file is missing.');
      return countedOr(rest, 3, named(name, { kind: 'import', name, file, passphraseFile }));
    case 'list':
    case 'publish':
      return countedOr(rest, 0, { kind: action });
    case 'remove':
      if (name === '') return notUnderstood('The name of the key is missing.');
      return countedOr(rest, 1, named(name, { kind: 'remove', name }));
    default:
      return notUnderstood('What to do with the keys is missing.');
  }
}

function countedOr(rest: readonly string[], most: number, command: KeysCommand): KeysCommand {
  return rest.length > most ? notUnderstood('There is a word too many.') : command;
}

function named(name: string, command: KeysCommand): KeysCommand {
  const parsed = v.safeParse(keyName, name);
  return parsed.success ? command : notUnderstood(`The name ${parsed.issues[0].message}.`);
}

function notUnderstood(problem: string): KeysCommand {
  return { kind: 'not-understood', problem };
}
