/**
 * The native part of `pkcs11js`, which speaks to a token's library. Install scripts are off, so it is compiled here;
 * against Node-API, so that what this Node compiles also loads in Electron.
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { capture } from './commands/capture.ts';
import { root } from './root.ts';
import { log } from './terminal/log.ts';

const modules = path.join(root, 'node_modules');

export const nativePkcs11 = path.join(modules, 'pkcs11js', 'build', 'Release', 'pkcs11.node');

/** Nothing where it is there already. Throws the compiler's own words, and what it needs. */
export async function compilePkcs11(): Promise<void> {
  if (existsSync(nativePkcs11)) return;
  log('Compiling the PKCS #11 part ...');
  const nodeGyp = path.join(modules, 'node-gyp', 'bin', 'node-gyp.js');
  const headers = headersIn(process.env, existsSync);
  const { exitCode, output } = await capture(process.execPath, [
    nodeGyp,
    'rebuild',
    `--directory=${path.join(modules, 'pkcs11js')}`,
    // Without headers on this machine, node-gyp fetches them from the web.
    ...(headers === undefined ? [] : [`--nodedir=${headers}`]),
  ]);
  if (exitCode === 0 && existsSync(nativePkcs11)) return;
  throw new Error(
    [
      output.trim(),
      'The PKCS #11 part could not be compiled. It needs Python 3, make, a C++ compiler, and the headers of Node.js:',
      'name the folder that has them as include/node with `npm config set nodedir <folder>`.',
    ].join('\n'),
  );
}

/** A folder with Node's headers: the one npm is told of, or that of the Node that started npm. */
export function headersIn(
  env: Readonly<Record<string, string | undefined>>,
  exists: (file: string) => boolean,
): string | undefined {
  const starter = env['npm_node_execpath'];
  const candidates = [
    env['npm_config_nodedir'],
    starter === undefined ? undefined : path.dirname(path.dirname(starter)),
    '/usr',
    '/usr/local',
  ];
  return candidates.find(
    (folder) => folder !== undefined && exists(path.join(folder, 'include', 'node', 'node_api.h')),
  );
}
