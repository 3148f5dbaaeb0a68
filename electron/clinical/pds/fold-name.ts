/** Compares names as a reader does: without case, accents, punctuation, and the blank or hyphen between two of them. */

/** Letters that Unicode does not take apart into a letter and a mark. */
const plainLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ı: 'i',
  ł: 'l',
  ŋ: 'n',
  þ: 'th',
  ŧ: 't',
};

/** The words of a name; a `*` stays where it is. */
export function foldWords(name: string): readonly string[] {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[ßæœøđðħıłŋþŧ]/gu, (letter) => plainLetters[letter] ?? letter)
    .replace(/\p{M}/gu, '')
    .split(/[\s\p{Pd}]+/u)
    .map((word) => word.replace(/[^\p{L}\p{N}*]/gu, ''))
    .filter((word) => word !== '');
}

/** Whether a word of a record is the searched one, in which `*` stands for any letters. */
export function isWord(searched: string, recorded: string): boolean {
  if (!searched.includes('*')) return searched === recorded;
  const [start = '', ...parts] = searched.split('*');
  if (!recorded.startsWith(start)) return false;
  let from = start.length;
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1;
    const at = isLast ? Math.max(from, recorded.length - part.length) : recorded.indexOf(part, from);
    if (at < 0 || !recorded.startsWith(part, at)) return false;
    from = at + part.length;
  }
  return true;
}
