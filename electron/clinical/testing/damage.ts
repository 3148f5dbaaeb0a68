/** For tests: an answer with one of its members damaged. */
import { isJsonObject } from '../../../shared/json.ts';

/** By what they put in a member's place. One that leaves a value as it is damages nothing. */
export type Replacements = Readonly<Record<string, (value: unknown) => unknown>>;

export const withheld = {
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'masked' }],
};

type Step = string | number;

function pathsIn(value: unknown, path: readonly Step[] = []): readonly (readonly Step[])[] {
  const members: readonly (readonly [Step, unknown])[] = Array.isArray(value)
    ? value.map((member, index) => [index, member] as const)
    : isJsonObject(value)
      ? Object.entries(value)
      : [];
  return [path, ...members.flatMap(([step, member]) => pathsIn(member, [...path, step]))];
}

/** The value with another in one place. */
function replaceAt(
  value: unknown,
  [step, ...rest]: readonly Step[],
  replace: (value: unknown) => unknown,
): unknown {
  if (step === undefined) return replace(value);
  if (Array.isArray(value)) {
    return value.map((member, index) => (index === step ? replaceAt(member, rest, replace) : member));
  }
  if (!isJsonObject(value)) return value;
  return { ...value, [step]: replaceAt(value[step], rest, replace) };
}

/** A member of a primitive type as its extensions alone. */
function asSibling(value: unknown, path: readonly Step[]): unknown {
  const name = path.at(-1);
  return replaceAt(value, path.slice(0, -1), (parent) => {
    if (!isJsonObject(parent) || typeof name !== 'string' || typeof parent[name] === 'object') return parent;
    const { [name]: _, ...others } = parent;
    return { ...others, [`_${name}`]: withheld };
  });
}

export interface Damaged {
  /** Where, and how: `name.0.family: true`. */
  readonly what: string;
  readonly body: unknown;
}

/** Each member of the body replaced in each way, and as its extensions alone, one at a time. */
export function damagedForms(body: unknown, replacements: Replacements): readonly Damaged[] {
  const whole = JSON.stringify(body);
  return pathsIn(body).flatMap((path) => {
    const at = path.join('.');
    return [
      ...Object.entries(replacements).map(([what, replace]) => ({
        what: `${at}: ${what}`,
        body: replaceAt(body, path, replace),
      })),
      { what: `${at}: its extensions alone`, body: asSibling(body, path) },
    ].filter((damaged) => JSON.stringify(damaged.body) !== whole);
  });
}
