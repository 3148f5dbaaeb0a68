export interface FpmJob {
  readonly format: 'deb' | 'rpm';
  readonly output: string;
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
  readonly maintainer: string;
  readonly vendor: string;
  readonly url: string;
  readonly licence: string;
  /** The first line is the summary. */
  readonly description: string;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  readonly afterInstall: string | undefined;
  readonly afterRemove: string | undefined;
  /** The arguments of the spec file's `%attr`, then a colon and the file: `4755,root,root:/opt/a/b`. */
  readonly rpmAttributes: readonly string[];
  /** Where each file or folder (with a slash at its end: its contents) goes. */
  readonly files: readonly { readonly from: string; readonly to: string }[];
}

const withValue = [
  '-s',
  '-t',
  '-d',
  '--architecture',
  '--after-install',
  '--after-remove',
  '--description',
  '--version',
  '--package',
  '--name',
  '--maintainer',
  '--vendor',
  '--url',
  '--license',
  '--deb-priority',
  '--deb-recommends',
  '--deb-compression',
  '--rpm-attr',
  '--rpm-os',
  '--rpm-compression',
  '--rpm-summary',
];

/** Reads electron-builder's command line for fpm. An unknown argument stops the build. */
export function readFpmCommandLine(args: readonly string[]): FpmJob {
  const values = new Map<string, string[]>();
  const files: { from: string; to: string }[] = [];
  for (let index = 0; index < args.length; index += 1) {
    const arg = args[index] ?? '';
    if (arg === '--force') continue;
    if (withValue.includes(arg)) {
      index += 1;
      values.set(arg, [...(values.get(arg) ?? []), args[index] ?? '']);
    } else if (!arg.startsWith('-') && arg.includes('=')) {
      const split = arg.lastIndexOf('=');
      files.push({ from: arg.slice(0, split), to: arg.slice(split + 1) });
    } else {
      throw new Error(`The stand-in for fpm does not know "${arg}".`);
    }
  }
  const one = (name: string) => values.get(name)?.[0];
  const needed = (name: string) => {
    const value = one(name);
    if (value === undefined) throw new Error(`fpm is missing ${name}.`);
    return value;
  };
  const format = needed('-t');
  if (needed('-s') !== 'dir' || (format !== 'deb' && format !== 'rpm'))
    throw new Error(`The stand-in for fpm makes deb and rpm of folders, not ${format}.`);
  return {
    format,
    output: needed('--package'),
    name: needed('--name'),
    version: needed('--version'),
    architecture: needed('--architecture'),
    maintainer: needed('--maintainer'),
    vendor: needed('--vendor'),
    url: needed('--url'),
    licence: needed('--license'),
    description: needed('--description'),
    depends: values.get('-d') ?? [],
    recommends: values.get('--deb-recommends') ?? [],
    afterInstall: one('--after-install'),
    afterRemove: one('--after-remove'),
    rpmAttributes: values.get('--rpm-attr') ?? [],
    files,
  };
}
