import { expect, test } from 'vitest';
import { headersIn } from './native-pkcs11.ts';

const onlyIn = (folder: string) => (file: string) => file === `${folder}/include/node/node_api.h`;

test.each([
  ['what npm is told', { npm_config_nodedir: '/opt/headers' }, '/opt/headers'],
  ['the Node that started npm', { npm_node_execpath: '/opt/node/bin/node' }, '/opt/node'],
  ['the system’s', {}, '/usr'],
])('headers: %s', (_, env, folder) => {
  expect(headersIn(env, onlyIn(folder))).toBe(folder);
});

test('a folder without headers is passed over', () => {
  expect(headersIn({ npm_config_nodedir: '/opt/empty' }, onlyIn('/usr/local'))).toBe('/usr/local');
});

test('no headers anywhere', () => {
  expect(headersIn({ npm_config_nodedir: '/opt/empty' }, () => false)).toBeUndefined();
});
