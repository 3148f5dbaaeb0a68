/** The settings that the control server can change while the simulator runs. */
import * as v from 'valibot';

const settingsSchema = v.strictObject({
  /** NHS England issues access tokens for 599 seconds. */
  accessTokenSeconds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(43_200)),
  idTokenSeconds: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(86_400)),
  /** Whether the platform's answers carry a refresh token. */
  refresh: v.boolean(),
  /** Seconds by which every clock of the simulator is ahead of this computer's: `Date` headers, tokens, checks. */
  clockOffsetSeconds: v.pipe(v.number(), v.integer(), v.minValue(-1_000_000), v.maxValue(1_000_000)),
  /** Matches on one page of a CP-IS searchset; null for all on one. */
  pageSize: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100))),
  /** The `authentication_assurance_level`s that the platform's application has been granted. */
  acceptedAssuranceLevels: v.pipe(v.array(v.picklist([1, 2, 3])), v.minLength(1)),
  /** The lowest level that CP-IS accepts, which is not published. */
  cpisAssuranceLevel: v.picklist([2, 3]),
  /** Whether `NHSD-Session-URID` stands in for a role that the ID token does not name. */
  roleHeader: v.picklist(['accepted', 'ignored']),
  /** Whether PDS demands `NHSD-End-User-Organisation-ODS`, and whether it arrives: a release of the platform once dropped it. */
  organisationHeader: v.picklist(['ignored', 'required', 'lost']),
});

type Settings = v.InferOutput<typeof settingsSchema>;

export const settingsChangeSchema = v.partial(settingsSchema);
export type SettingsChange = v.InferOutput<typeof settingsChangeSchema>;

const defaultSettings: Settings = {
  accessTokenSeconds: 599,
  idTokenSeconds: 3_600,
  refresh: true,
  clockOffsetSeconds: 0,
  pageSize: null,
  acceptedAssuranceLevels: [2, 3],
  cpisAssuranceLevel: 2,
  roleHeader: 'accepted',
  organisationHeader: 'ignored',
};

export interface SettingsStore {
  readonly current: () => Settings;
  readonly change: (change: SettingsChange) => Settings;
  readonly reset: () => void;
  /** The simulator's own time: this computer's, moved by `clockOffsetSeconds`. */
  readonly now: () => Date;
}

/** `initial`: in place of the defaults; a reset goes back to them. */
export function createSettings(initial: SettingsChange = {}): SettingsStore {
  const start: Settings = { ...defaultSettings, ...definedOnly(initial) };
  let settings = start;
  return {
    current: () => settings,
    change: (change) => {
      settings = { ...settings, ...definedOnly(change) };
      return settings;
    },
    reset: () => {
      settings = start;
    },
    now: () => new Date(Date.now() + settings.clockOffsetSeconds * 1_000),
  };
}

/** A field whose value is undefined must not clear the setting. */
function definedOnly(change: SettingsChange): Partial<Settings> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
}

/** Whole seconds, rounded down. */
export function epochSeconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1_000);
}
