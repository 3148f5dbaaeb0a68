/** What is in app.asar: the listed files, unchanged, small, and without a source map. */
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BuildFlavour } from '../../build-flavour.ts';
import { maximumBytes, packedFiles, unpackedFiles } from '../contents.ts';
import type { AsarArchive, AsarFile } from './asar-archive.ts';

/** A sentence for each problem, with the file in it. */
export function asarProblems(
  { files, unpacked, links }: AsarArchive,
  flavour: BuildFlavour,
): readonly string[] {
  const wanted = unpackedFiles(flavour);
  return [
    ...links.map((name) => `app.asar: ${name} is a link`),
    ...unpacked.flatMap(({ name, content, intact }) => [
      ...(wanted.includes(name) ? [] : [`app.asar: ${name} lies outside of the archive`]),
      ...(intact ? [] : [changed(name)]),
      ...tooLarge(name, content.length, maximumBytes.unpacked),
    ]),
    ...wanted
      .filter((file) => !unpacked.some(({ name }) => name === file))
      .map((name) => `app.asar: ${name} is missing`),
    ...files.flatMap(({ name, content, intact }) => [
      ...(packedFiles.some((allowed) => path.posix.matchesGlob(name, allowed))
        ? []
        : [`app.asar: ${name} does not belong there`]),
      ...(intact ? [] : [changed(name)]),
      ...(content.includes('sourceMappingURL=') ? [`app.asar: ${name} names a source map`] : []),
    ]),
    ...sizeProblems(files),
  ];
}

function changed(name: string): string {
  return `app.asar: ${name} is not what the archive's header says: it has been changed`;
}

function sizeProblems(files: readonly AsarFile[]): readonly string[] {
  const find = (name: string) => files.find((file) => file.name === name)?.content;
  const entry = rendererEntry(find('renderer/index.html'));
  const renderer = entry === undefined ? undefined : find(`renderer/${entry}`);
  return [
    ...tooLarge('main.js', find('main.js')?.length, maximumBytes.main),
    ...tooLarge('preload.js', find('preload.js')?.length, maximumBytes.preload),
    ...tooLarge(
      "the renderer's entry, compressed,",
      renderer === undefined ? undefined : gzipSync(renderer).length,
      maximumBytes.rendererEntry,
    ),
  ];
}

/** The script that the page loads at once: `assets/index-….js`. */
function rendererEntry(page: Buffer | undefined): string | undefined {
  return /<script[^>]+src="\.\/([^"]+)"/.exec(page?.toString() ?? '')?.[1];
}

/** `size`, `limit`: bytes; without a size it is missing. One sentence, or none. */
export function tooLarge(what: string, size: number | undefined, limit: number): readonly string[] {
  if (size === undefined) return [`${what} is missing`];
  if (size <= limit) return [];
  return [`${what} has ${Math.ceil(size / 1024)} kB, of at most ${limit / 1024} kB`];
}
