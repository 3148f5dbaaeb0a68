/** The options of `npm run simulator`. */
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { careIdentity, secondProvider } from './cis2/options.ts';
import type { SimulatorOptions } from './start.ts';

export type CommandLine =
  | {
      readonly kind: 'understood';
      readonly options: SimulatorOptions;
      readonly environmentFile: string | undefined;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'refused'; readonly problem: string };

export const usage = `Usage: npm run simulator -- [options]
  --environment-file <path>   write the environment for the application here
  --port-base <number>        Care Identity, platform and control on this port and the next two
  --cis2-origin <url> --platform-origin <url>
                              where the application finds the two, if something stands in between
  --redirect-uri <url>        where the application catches the redirect
  --provider <care-identity | second>
                              a Care Identity as published, or one that differs in everything that may differ
  --wire-format <care-team | patient-flags>
  --without-platform-secret   the application cannot refresh`;

const schema = v.strictObject({
  'environment-file': v.optional(v.pipe(v.string(), v.minLength(1))),
  'port-base': v.optional(
    v.pipe(v.string(), v.toNumber(), v.integer(), v.minValue(1_024), v.maxValue(65_000)),
  ),
  'cis2-origin': v.optional(v.pipe(v.string(), v.url())),
  'platform-origin': v.optional(v.pipe(v.string(), v.url())),
  'redirect-uri': v.optional(v.pipe(v.string(), v.url())),
  provider: v.optional(v.picklist(['care-identity', 'second']), 'care-identity'),
  'wire-format': v.optional(v.picklist(['care-team', 'patient-flags']), 'care-team'),
  'without-platform-secret': v.optional(v.boolean(), false),
});

/** `args`: without Node and the script. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  if (args.includes('--help')) return { kind: 'help' };
  const { values, positionals } = readArguments(args);
  const options = Object.keys(values).filter((name) => !(name in schema.entries));
  const [unknown] = [...options.map((name) => `--${name}`), ...positionals];
  if (unknown !== undefined)
    return { kind: 'refused', problem: `The simulator knows no argument "${unknown}".` };
  const parsed = v.safeParse(schema, values);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return { kind: 'refused', problem: `--${v.getDotPath(issue) ?? ''}: ${issue.message}` };
  }
  const { output } = parsed;
  const base = output['port-base'];
  const { 'cis2-origin': cis2, 'platform-origin': platform, 'redirect-uri': redirectUri } = output;
  if ((cis2 === undefined) !== (platform === undefined))
    return { kind: 'refused', problem: '--cis2-origin and --platform-origin: give both or neither' };
  return {
    kind: 'understood',
    environmentFile: output['environment-file'],
    options: {
      ...(base === undefined ? {} : { ports: { cis2: base, platform: base + 1, control: base + 2 } }),
      ...(cis2 === undefined || platform === undefined ? {} : { origins: { cis2, platform } }),
      ...(redirectUri === undefined ? {} : { redirectUri }),
      cis2: output.provider === 'second' ? secondProvider : careIdentity,
      wireFormat: output['wire-format'],
      platformSecret: !output['without-platform-secret'],
    },
  };
}

function readArguments(args: readonly string[]) {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      'environment-file': text,
      'port-base': text,
      'cis2-origin': text,
      'platform-origin': text,
      'redirect-uri': text,
      provider: text,
      'wire-format': text,
      'without-platform-secret': { type: 'boolean' },
    },
  });
  return { values: { ...values }, positionals };
}
