import { isJsonObject } from '../../shared/json.ts';

export interface PresentSettings {
  readonly value: unknown;
  /** One sentence for each former setting; no values. */
  readonly notes: readonly string[];
}

/**
 * Reads settings of earlier versions under their present names, so that a viewer starts with the file that the site has. A
 * note says what to write instead. Beside the present names a former one is an unknown field, and refused.
 */
export function readFormerSettings(file: unknown): PresentSettings {
  const unchanged = { value: file, notes: [] };
  if (!isJsonObject(file)) return unchanged;
  const { cpis, pds = {} } = file;
  if (!isJsonObject(cpis) || !isJsonObject(pds)) return unchanged;
  const { sendRoleHeader: sendRole, ...otherCpis } = cpis;
  if (typeof sendRole !== 'boolean' || 'sendRole' in cpis || 'sendRole' in pds) return unchanged;
  return {
    value: { ...file, pds: { ...pds, sendRole }, cpis: { ...otherCpis, sendRole } },
    notes: ['cpis.sendRoleHeader is now pds.sendRole and cpis.sendRole: it is read as both.'],
  };
}
