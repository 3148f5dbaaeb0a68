import type { BundleEntry, Resource } from './bundle.ts';
import { isResource } from './bundle.ts';

export interface References {
  /** Every different resource that a reference may mean; `container` is the resource that holds the reference. */
  resolve(reference: string | undefined, container: Resource): readonly Resource[];
}

/**
 * Follows references inside a Bundle: contained (`#id`), relative (`CareTeam/1`), absolute, and `urn:uuid:`.
 * Source: HL7 FHIR R4, "Resolving references in Bundles" and "Contained resources".
 */
export function indexReferences(entries: readonly BundleEntry[]): References {
  const byAddress = new Map<string, Map<string, Resource>>();
  for (const { fullUrl, resource } of entries) {
    const addresses = [
      ...(fullUrl === undefined ? [] : [withoutVersion(fullUrl)]),
      ...(typeof resource['id'] === 'string' ? [`${resource.resourceType}/${resource['id']}`] : []),
    ];
    const form = JSON.stringify(resource);
    for (const address of addresses) {
      const known = byAddress.get(address);
      if (known === undefined) byAddress.set(address, new Map([[form, resource]]));
      else if (!known.has(form)) known.set(form, resource);
    }
  }
  // All contained resources are in one list of their container, so a reference between two of them resolves there.
  const containerOf = new WeakMap<Resource, Resource>();
  const resolveContained = (id: string, holder: Resource): readonly Resource[] => {
    const container = containerOf.get(holder) ?? holder;
    const found = containedIn(container, id);
    for (const resource of found) containerOf.set(resource, container);
    return found;
  };

  return {
    resolve(reference, container) {
      if (reference === undefined) return [];
      if (reference.startsWith('#')) return resolveContained(reference.slice(1), container);
      const address = withoutVersion(reference);
      const found = byAddress.get(address) ?? byAddress.get(address.split('/').slice(-2).join('/'));
      return found === undefined ? [] : [...found.values()];
    },
  };
}

function withoutVersion(address: string): string {
  return address.replace(/\/_history\/[^/]*$/, '');
}

function containedIn(container: Resource, id: string): readonly Resource[] {
  const contained = container['contained'];
  if (!Array.isArray(contained)) return [];
  return contained.filter(isResource).filter((resource) => resource['id'] === id);
}
