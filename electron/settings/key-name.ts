/**
 * The name of a stored key. It becomes a file name, so it allows no other characters, and none of the names that are devices
 * on Windows, with any ending behind them. Source: Microsoft, "Naming Files, Paths, and Namespaces".
 */
import * as v from 'valibot';

export const keyName = v.pipe(
  v.string(),
  v.regex(/^[\w-]{1,64}$/, 'must be 1 to 64 letters, digits, "-" or "_"'),
  v.regex(/^(?!(?:con|prn|aux|nul|com\d|lpt\d)$)/i, 'must not be a name that Windows keeps for a device'),
);
