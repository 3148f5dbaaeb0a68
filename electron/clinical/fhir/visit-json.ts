/** Looks at every object and every text of a JSON value, whatever the resource. */
import { isJsonObject, type JsonObject } from '../../../shared/json.ts';

export interface JsonVisitor {
  object?(value: JsonObject): void;
  text?(value: string): void;
  /** Names of members that are not looked into. */
  readonly leftOut?: ReadonlySet<string>;
}

/** Recurses: `readStrictJson` lets nothing through that is nested too deep for it. */
export function visitJson(value: unknown, visitor: JsonVisitor): void {
  if (typeof value === 'string') visitor.text?.(value);
  else if (Array.isArray(value)) for (const member of value) visitJson(member, visitor);
  else if (isJsonObject(value)) {
    visitor.object?.(value);
    for (const name in value) {
      if (visitor.leftOut?.has(name) !== true) visitJson(value[name], visitor);
    }
  }
}
