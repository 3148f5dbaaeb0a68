/** Finds a test by its name in the source of its file, without running it. */

/**
 * A full name is a group's title, a blank and the test's own; a title may have places that are filled in (`%s`, `$name`,
 * `${name}`). `part`: the name goes on. `undefined`: no title of the file can become this name.
 */
export function findTitle(source: string, name: string): 'whole' | 'part' | undefined {
  const titles = titlesIn(source);
  const fits = titles.map((title) => compare(title, name));
  const below = titles.flatMap((group) =>
    group !== '' && name.startsWith(`${group} `)
      ? titles.map((title) => compare(title, name.slice(group.length + 1)))
      : [],
  );
  const found = [...fits, ...below];
  if (found.includes('same')) return 'whole';
  if (found.includes('longer')) return 'part';
  if (found.includes('filled in')) return 'whole';
  return found.includes('part') ? 'part' : undefined;
}

/** Every text of the source that stands between quotes. */
function titlesIn(source: string): readonly string[] {
  const texts = source.matchAll(/'((?:[^'\\\n]|\\.)*)'|"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`/g);
  return [...texts].map(([, single, double, template]) =>
    (single ?? double ?? template ?? '').replaceAll(/\\(.)/g, '$1'),
  );
}

const place = /%[a-z]|\$\{[^}]*\}|\$[\w.]+/;

/** A fixed part of a title is compared from this length on: "H4: " alone would fit any name. */
const shortestPart = 10;

function compare(title: string, name: string): 'same' | 'longer' | 'filled in' | 'part' | undefined {
  if (title === name) return 'same';
  if (title.startsWith(name)) return 'longer';
  const parts = title.split(place);
  if (parts.length === 1) return title.includes(name) ? 'part' : undefined;
  const [start = ''] = parts;
  const pattern = parts.map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+');
  if (start !== '' && new RegExp(`^${pattern}$`).test(name)) return 'filled in';
  const fits =
    (start.length > 3 && name.startsWith(start)) ||
    parts.some((part) => part.includes(name) || (part.length >= shortestPart && name.includes(part)));
  return fits ? 'part' : undefined;
}
