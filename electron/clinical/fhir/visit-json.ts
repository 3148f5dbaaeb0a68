/** Visits every object and every string of a JSON value. */
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';

export interface JsonVisitor {
  object?(value: JsonObject): void;
  text?(value: string): void;
  /** Names of members that are not visited. */
  readonly excludedMembers?: ReadonlySet<string>;
}

/** Recursive: `readStrictJson` has refused values that are nested too deeply for this. */
export function visitJson(value: unknown, visitor: JsonVisitor): void {
  if (typeof value === 'string') visitor.text?.(value);
  else if (Array.isArray(value)) for (const member of value) visitJson(member, visitor);
  else if (isJsonObject(value)) {
    visitor.object?.(value);
    for (const name in value) {
      if (visitor.excludedMembers?.has(name) !== true) visitJson(value[name], visitor);
    }
  }
}
