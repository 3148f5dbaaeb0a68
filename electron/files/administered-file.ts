/**
 * Whether only an administrator can have written a file of the machine's, on Linux: the file, each folder above it and
 * each symbolic link on the way belong to root, and nobody else may write there. A user who may write one of them could
 * put another environment or policy in its place, or take the policy away.
 *
 * Root is only then root where the process sees all users as the machine has them. Any user can make a user namespace in
 * which files of their own seem to be root's, and a mount namespace with an `/etc` of their own in it.
 * Sources: user_namespaces(7), "User and group ID mappings"; path_resolution(7).
 */
import { lstat, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { describeFileError, fileErrorCode } from './read-file.ts';

export type Owner =
  | 'administrator'
  /** Also a service's own account, such as the agent's that renews a token; not the user who runs the viewer. */
  | 'another-account';

/**
 * Why it cannot be trusted, as a sentence without its full stop; `undefined`: it can, or it is not there and nobody else
 * could put it there. Other systems than Linux are not looked at. Never rejects.
 */
export async function findUntrusted(
  file: string,
  owner: Owner = 'administrator',
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  if (platform !== 'linux') return undefined;
  if (!(await seesAllUsers()))
    return 'the viewer was started in a user namespace, in which any user can pass for an administrator';
  return findOnTheWay(file, owner);
}

/** What Linux gives a process that is in the system's first user namespace: every id stands for itself. */
const everyIdItself = /^\s*0\s+0\s+4294967295\s*$/;

async function seesAllUsers(): Promise<boolean> {
  try {
    return everyIdItself.test(await readFile('/proc/self/uid_map', 'utf8'));
  } catch {
    return false;
  }
}

/** The kernel follows no more links than these on one way. */
const mostLinks = 40;

async function findOnTheWay(file: string, owner: Owner): Promise<string | undefined> {
  let ahead = path.posix.resolve(file).split('/').slice(1);
  let at = '/';
  for (let links = 0; ; ) {
    const found = await examine(at, owner);
    if (found.kind === 'missing') return undefined;
    if (found.kind === 'untrusted') return found.problem;
    if (found.kind === 'link') {
      links += 1;
      if (links > mostLinks) return `${at} ${describeFileError('ELOOP')}`;
      ahead = [...path.posix.resolve(path.posix.dirname(at), found.target).split('/').slice(1), ...ahead];
      at = '/';
    }
    const [next, ...rest] = ahead;
    if (next === undefined) return undefined;
    ahead = rest;
    at = path.posix.join(at, next);
  }
}

type Examined =
  | { readonly kind: 'trusted' | 'missing' }
  | { readonly kind: 'link'; readonly target: string }
  | { readonly kind: 'untrusted'; readonly problem: string };

/** Writable by its group, by everyone. */
const groupMayWrite = 0o020;
const everyoneMayWrite = 0o002;

async function examine(place: string, owner: Owner): Promise<Examined> {
  try {
    const stats = await lstat(place);
    const isOwnedRight = stats.uid === 0 || (owner === 'another-account' && stats.uid !== process.getuid?.());
    if (!isOwnedRight) return untrusted(`${place} belongs to user ${stats.uid}, who is no administrator`);
    // The mode of a link means nothing: a user who may write its folder may replace it.
    if (stats.isSymbolicLink()) return { kind: 'link', target: await readlink(place) };
    if ((stats.mode & everyoneMayWrite) !== 0) return untrusted(`${place} can be written by everyone`);
    // An access control list shows here too: its mask stands in the place of the group's rights.
    if ((stats.mode & groupMayWrite) !== 0 && stats.gid !== 0)
      return untrusted(`${place} can be written by group ${stats.gid}`);
    return { kind: 'trusted' };
  } catch (error) {
    const code = fileErrorCode(error);
    return code === 'ENOENT' ? { kind: 'missing' } : untrusted(`${place} ${describeFileError(code)}`);
  }
}

function untrusted(problem: string): Examined {
  return { kind: 'untrusted', problem };
}
