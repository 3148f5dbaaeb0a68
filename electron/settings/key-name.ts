/** The name under which a stored key is kept: it becomes a file name, so it holds nothing else. */
import * as v from 'valibot';

export const keyName = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, "-" or "_"'),
);
