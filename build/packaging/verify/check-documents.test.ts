import { expect, test } from 'vitest';
import { createSbom } from '../sbom.ts';
import { documentProblems, runtimeProblems } from './check-documents.ts';

const build = { version: '1.2.3', electron: '45.4.1' };
const sbom = createSbom({
  version: '1.2.3',
  electron: '45.4.1',
  packages: [
    {
      name: '@scope/name',
      version: '4.5.6',
      licence: 'MIT OR Apache-2.0',
      integrity: `sha512-${Buffer.from('hash').toString('base64')}`,
      location: 'node_modules/@scope/name',
    },
  ],
  serialNumber: '5d0c8e0b-4e0b-4a53-9c4d-6a1d0b0f7c21',
  timestamp: new Date(0),
});
const documents = {
  sbom: JSON.stringify(sbom),
  ownLicence: 'Permission is hereby granted',
  licences: '@scope/name 4.5.6 (MIT OR Apache-2.0)',
  electronLicence: 'Permission is hereby granted',
  chromiumLicences: 'Copyright The Chromium Authors',
};

test('documents that say what is in the package have no problem', () => {
  expect(documentProblems(documents, build)).toEqual([]);
});

test('a component has its address, its hash and its licence', () => {
  expect(sbom.components[1]).toMatchObject({
    purl: 'pkg:npm/%40scope/name@4.5.6',
    hashes: [{ alg: 'SHA-512', content: Buffer.from('hash').toString('hex') }],
    licenses: [{ expression: 'MIT OR Apache-2.0' }],
  });
});

test.each([
  ['no bill of materials', { ...documents, sbom: undefined }, 'the bill of materials is missing'],
  ['a broken one', { ...documents, sbom: '{' }, 'the bill of materials is not right: all of it'],
  [
    'one of another format',
    { ...documents, sbom: JSON.stringify({ ...sbom, specVersion: '1.4' }) },
    'the bill of materials is not right: specVersion',
  ],
  [
    "no licence of Electron's",
    { ...documents, electronLicence: undefined },
    'the licence of Electron is missing',
  ],
  ["none of Chromium's", { ...documents, chromiumLicences: '' }, 'the licences of Chromium are missing'],
  ['no licence', { ...documents, ownLicence: undefined }, 'the licence is missing'],
  ['a licence left out', { ...documents, licences: '' }, 'the licence of @scope/name 4.5.6 is missing'],
])('%s is found', (_what, changed, problem) => {
  expect(documentProblems(changed, build)).toContain(problem);
});

test.each([
  ['version', '9.9.9', 'the bill of materials is of another version'],
  ['electron', '44.0.0', 'the bill of materials names another Electron'],
])('another %s in the package is found', (field, value, problem) => {
  expect(documentProblems(documents, { ...build, [field]: value })).toEqual([problem]);
});

const strict = { fallbackAllowed: false };
const lenient = { fallbackAllowed: true };
const mark = '1.2.3-fallback-not-for-release';

test.each([
  ['1.2.3', '45.4.1', strict, 0],
  ['1.2.3', '45.4.1', lenient, 0],
  ['1.2.3', '33.2.1', strict, 1],
  [mark, '33.2.1', strict, 1],
  [mark, '45.4.1', strict, 1],
  ['1.2.3', '33.2.1', lenient, 1],
  [mark, '33.2.1', lenient, 0],
  ['1.2.3', undefined, lenient, 1],
])('version %s on Electron %s, %j: %i problems', (version, electron, tolerance, count) => {
  expect(runtimeProblems({ version, electron }, tolerance)).toHaveLength(count);
});
