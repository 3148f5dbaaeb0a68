import type { LockedPackage } from './lockfile.ts';

export interface SbomSubject {
  readonly version: string;
  readonly electron: string;
  readonly packages: readonly LockedPackage[];
  readonly serialNumber: string;
  readonly timestamp: Date;
}

/**
 * The bill of materials of a package: Electron and every npm package that a bundle holds, with version, licence and
 * hash. Made from the lockfile and from what the bundler read, not from what is installed: `npm sbom` lists the latter.
 * Source: CycloneDX 1.6 (ECMA-424); Package URL specification.
 */
export function createSbom({ version, electron, packages, serialNumber, timestamp }: SbomSubject) {
  const application = `pkg:generic/cpis-viewer@${encodeURIComponent(version)}`;
  const components = [electronComponent(electron), ...packages.map(packageComponent)];
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${serialNumber}`,
    version: 1,
    metadata: {
      timestamp: timestamp.toISOString(),
      component: {
        type: 'application',
        'bom-ref': application,
        name: 'cpis-viewer',
        version,
        licenses: [{ license: { id: 'MIT' } }],
        purl: application,
      },
    },
    components,
    dependencies: [
      { ref: application, dependsOn: components.map((component) => component['bom-ref']) },
      ...components.map((component) => ({ ref: component['bom-ref'] })),
    ],
  };
}

/** Chromium, V8, Node and FFmpeg come inside it; its own release notes name their versions. */
function electronComponent(version: string) {
  const licenses = [{ license: { id: 'MIT' } }];
  return { type: 'framework', ...named('electron', version), licenses } as const;
}

function packageComponent({ name, version, licence, integrity }: LockedPackage) {
  const [algorithm = '', hash = ''] = integrity.split('-');
  return {
    type: 'library',
    ...named(name, version),
    hashes: [
      { alg: algorithm.replace(/^sha/, 'SHA-'), content: Buffer.from(hash, 'base64').toString('hex') },
    ],
    licenses: [/^[\w.+-]+$/.test(licence) ? { license: { id: licence } } : { expression: licence }],
  } as const;
}

function named(name: string, version: string) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  return { 'bom-ref': purl, name, version, purl };
}
