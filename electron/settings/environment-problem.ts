/**
 * What is wrong with a field, in words for whoever writes the file. The validator's own sentences repeat what they
 * found, and what they found may be a secret in the wrong place: they are not used.
 */
import * as v from 'valibot';

/** `cis2.issuer: must be a URL` */
export function describeProblem(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'the file'}: ${wordsFor(issue)}`;
}

function wordsFor({ type, expected, message }: v.BaseIssue<unknown>): string {
  // Words of the schema's own.
  if (!message.startsWith('Invalid ')) return message;
  const wanted = expected ?? '';
  if (type === 'strict_object' && wanted === 'never') return 'is not a known field';
  if (type === 'strict_object' && wanted.startsWith('"')) return 'is missing';
  if (wanted.includes('"')) return `must be ${wanted.replace(/[()]/g, '').replaceAll(' | ', ' or ')}`;
  if (/^[<>]=/.test(wanted)) {
    const bound = wanted.startsWith('>') ? 'at least' : 'at most';
    const what = type.endsWith('_length') ? ' characters' : '';
    return `must be ${bound} ${wanted.slice(2)}${what}`;
  }
  return kinds[wanted] ?? kinds[type] ?? 'is not right';
}

const kinds: Readonly<Record<string, string>> = {
  string: 'must be a text',
  number: 'must be a number',
  integer: 'must be a whole number',
  boolean: 'must be true or false',
  Array: 'must be a list',
  Object: 'must be an object',
  regex: 'has a form that is not allowed',
};
