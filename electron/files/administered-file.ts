/**
 * Checks on Linux that only an administrator can have written a machine-wide file: root owns the file, each folder above it
 * and each symbolic link of the path, and no other user may write them. A user who may write one of them could replace the
 * environment or the policy, or remove the policy.
 *
 * User id 0 is the machine's root only in the initial user namespace. Any user can create a user namespace in which root
 * seems to own the user's files, and a mount namespace with another `/etc`.
 * Sources: user_namespaces(7), "User and group ID mappings"; path_resolution(7).
 */
import { lstat, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { describeFileError, fileErrorCode } from './read-file.ts';

export type Owner =
  | 'administrator'
  /** Also the account of a service, such as the agent that renews a token; not the user who runs the viewer. */
  | 'another-account';

/**
 * Returns why the file cannot be trusted, as a sentence without its full stop; `undefined` where it can, or where it is
 * missing and only an administrator could create it. Always `undefined` on other systems than Linux. Never rejects.
 */
export async function findUntrusted(
  file: string,
  owner: Owner = 'administrator',
  platform: NodeJS.Platform = process.platform,
): Promise<string | undefined> {
  if (platform !== 'linux') return undefined;
  if (!(await seesAllUsers()))
    return 'the viewer was started in a user namespace, in which any user can pass for an administrator';
  return findInPath(file, owner);
}

/** The id map of a process in the initial user namespace: every id maps to itself. */
const identityMap = /^\s*0\s+0\s+4294967295\s*$/;

async function seesAllUsers(): Promise<boolean> {
  try {
    return identityMap.test(await readFile('/proc/self/uid_map', 'utf8'));
  } catch {
    return false;
  }
}

/** The kernel follows at most so many links in one path. */
const mostLinks = 40;

async function findInPath(file: string, owner: Owner): Promise<string | undefined> {
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

/** The mode bits for writing by the group and by everyone. */
const groupMayWrite = 0o020;
const everyoneMayWrite = 0o002;

async function examine(place: string, owner: Owner): Promise<Examined> {
  try {
    const stats = await lstat(place);
    const isOwnedRight = stats.uid === 0 || (owner === 'another-account' && stats.uid !== process.getuid?.());
    if (!isOwnedRight) return untrusted(`${place} belongs to user ${stats.uid}, who is no administrator`);
    // The mode of a link has no effect; the rights of its folder decide who may replace it.
    if (stats.isSymbolicLink()) return { kind: 'link', target: await readlink(place) };
    if ((stats.mode & everyoneMayWrite) !== 0) return untrusted(`${place} can be written by everyone`);
    // These bits show an access control list too: they contain its mask.
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
