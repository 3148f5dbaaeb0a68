/** The name of a stored key. It becomes a file name, so it allows no other characters. */
import * as v from 'valibot';

export const keyName = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, "-" or "_"'),
);
