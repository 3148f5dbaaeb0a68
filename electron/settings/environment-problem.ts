/**
 * Describes the problem of a field to the author of the environment file. The validator's own sentences repeat the value,
 * which may be a secret in the wrong field, so they are not used.
 */
import * as v from 'valibot';

/** `cis2.issuer: must be a URL` */
export function describeProblem(issue: v.BaseIssue<unknown>): string {
  return `${v.getDotPath(issue) ?? 'the file'}: ${describeIssue(issue)}`;
}

function describeIssue({ type, expected, message }: v.BaseIssue<unknown>): string {
  // A message that the schema defines.
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
