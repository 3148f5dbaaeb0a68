/** What the screens need to know of the installation. Only notices may come up while it runs. */
import type { Fault } from './fault.ts';
import type { CareSetting } from './outcome.ts';

/** Which care settings the user may choose from, and why not, where the site or the service leaves no choice. */
export type CareSettingChoice =
  | { readonly kind: 'user-chooses' }
  | { readonly kind: 'fixed'; readonly careSetting: CareSetting; readonly reason: string };

/** What every user of this installation must know. */
export interface Notice {
  readonly text: string;
  /** Nobody can be looked up until it is put right: the screen says to telephone (H21). */
  readonly preventsLookups: boolean;
}

export interface ApplicationView {
  readonly version: string;
  /** The tag on every screen: SIMULATOR, INTEGRATION, LIVE … */
  readonly environmentTag: string;
  /** Whether answers are about real people: decides the colour of the tag, beside its words. */
  readonly live: boolean;
  /** Things that every user must see: a runtime that is not for release, settings that were replaced. */
  readonly notices: readonly Notice[];
  /** One quiet sentence beside the version, when there is a newer one. */
  readonly updateNotice: string | undefined;
  /**
   * When an unscheduled check was sent whose answer was never shown, because the viewer locked, signed out or ended: it may
   * have notified (H5). UTC, ISO 8601. Says nothing of the patient.
   */
  readonly leftCheckAt: string | undefined;
  readonly careSetting: CareSettingChoice;
  /** The age at which a result is hidden until the user shows it or asks again (H12). */
  readonly staleAfterMs: number;
  readonly printing: boolean;
  /** Set when no environment could be read: the application can then only say so. */
  readonly settingsFault: Fault | undefined;
}

/** What the Diagnostics screen shows. Nothing clinical, nothing secret. */
export interface DiagnosticsView {
  readonly rows: readonly { readonly name: string; readonly value: string }[];
  readonly recentFaults: readonly {
    readonly at: string;
    readonly kind: string;
    readonly reference: string;
  }[];
}
