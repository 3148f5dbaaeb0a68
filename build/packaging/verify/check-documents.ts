/** Compares the documents of a package with its contents. */
import * as v from 'valibot';
import { fallbackMark } from '../identity.ts';
import { isMarked, isSupported } from '../release-runtime.ts';

const sbomSchema = v.object({
  bomFormat: v.literal('CycloneDX'),
  specVersion: v.literal('1.6'),
  metadata: v.object({
    component: v.object({
      name: v.literal('cpis-viewer'),
      version: v.string(),
    }),
  }),
  components: v.pipe(
    v.array(
      v.object({
        type: v.picklist(['framework', 'library']),
        name: v.string(),
        version: v.string(),
        purl: v.pipe(v.string(), v.startsWith('pkg:npm/')),
        licenses: v.pipe(v.array(v.unknown()), v.minLength(1)),
      }),
    ),
    v.minLength(2),
  ),
});

export interface Documents {
  readonly sbom: string | undefined;
  readonly ownLicence: string | undefined;
  readonly licences: string | undefined;
  readonly electronLicence: string | undefined;
  readonly chromiumLicences: string | undefined;
}

export interface DocumentedBuild {
  /** From the package.json inside app.asar. */
  readonly version: string | undefined;
  /** From the executable itself. */
  readonly electron: string | undefined;
}

/** A sentence for each document that is missing or says something else than the build. */
export function documentProblems(
  { sbom, ownLicence, licences, electronLicence, chromiumLicences }: Documents,
  build: DocumentedBuild,
): readonly string[] {
  const problems: string[] = [];
  if (!ownLicence?.includes('Permission is hereby granted')) problems.push('the licence is missing');
  if (licences === undefined) problems.push('the licences of what the package holds are missing');
  if (!electronLicence?.includes('Permission is hereby granted'))
    problems.push('the licence of Electron is missing');
  if (!chromiumLicences?.includes('The Chromium Authors'))
    problems.push('the licences of Chromium are missing');
  if (sbom === undefined) return [...problems, 'the bill of materials is missing'];

  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), sbomSchema), sbom);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    return [...problems, `the bill of materials is not right: ${v.getDotPath(issue) ?? 'all of it'}`];
  }
  const { metadata, components } = parsed.output;
  if (metadata.component.version !== build.version)
    problems.push('the bill of materials is of another version');
  const electron = components.find(({ name }) => name === 'electron');
  if (electron?.version !== build.electron) problems.push('the bill of materials names another Electron');
  for (const { name, version: ofPackage, type } of components) {
    if (type === 'library' && !licences?.includes(`${name} ${ofPackage} (`))
      problems.push(`the licence of ${name} ${ofPackage} is missing`);
  }
  return problems;
}

/** `fallbackAllowed`: a build on an Electron that is not for clinicians passes, if its version says so. */
export function runtimeProblems(
  { version, electron }: DocumentedBuild,
  { fallbackAllowed }: { readonly fallbackAllowed: boolean },
): readonly string[] {
  if (electron === undefined) return ['the executable is no Electron'];
  const marked = version !== undefined && isMarked(version);
  if (isSupported(electron) && !marked) return [];
  if (!fallbackAllowed) return [`it runs on Electron ${electron}, and is not for release`];
  return marked ? [] : [`it runs on Electron ${electron}, and its version does not say ${fallbackMark}`];
}
