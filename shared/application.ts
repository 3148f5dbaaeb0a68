/** The view of the installation that the screens show. `application.changed` sends it again when it changes. */
import type { Fault } from './fault.ts';
import type { CareSetting } from './outcome.ts';
import type { SiteHelp } from './site-help.ts';
import type { TakenTime } from './taken-time.ts';

/** The care setting: the user's choice, or a fixed one with the reason why the site or the service fixes it. */
export type CareSettingChoice =
  | { readonly kind: 'user-chooses' }
  | { readonly kind: 'fixed'; readonly careSetting: CareSetting; readonly reason: string };

/** A message to every user of this installation. */
export interface Notice {
  readonly text: string;
  /** No patient can be looked up until the problem is solved: the screen names whom to phone (H21). */
  readonly preventsLookups: boolean;
}

export interface ApplicationView {
  readonly version: string;
  /** The tag on every screen that is not hidden: SIMULATOR, INTEGRATION, LIVE … */
  readonly environmentTag: string;
  /** Whether the patients are real: decides the colour of the tag. */
  readonly live: boolean;
  /** For example, that the runtime is not for release, or that settings were replaced. */
  readonly notices: readonly Notice[];
  /** One quiet sentence beside the version, when there is a newer one. */
  readonly updateNotice: string | undefined;
  /**
   * When an unscheduled check was sent whose answer was never shown, because the viewer locked, signed out or ended: the
   * check may have notified (H5). Does not name the patient.
   */
  readonly leftCheckAt: TakenTime | undefined;
  readonly careSetting: CareSettingChoice;
  /** The age at which a result is hidden until the user shows it or asks again (H12). */
  readonly staleAfterMs: number;
  readonly printing: boolean;
  readonly copyForRecord: boolean;
  /** Whether this site checks clinic lists, which are of scheduled care alone. */
  readonly clinicList: boolean;
  /** Whom the site's users ask about this application, in the site's own words. */
  readonly supportContact: string | undefined;
  /** The training edition: a trainer can make services fail. */
  readonly training: boolean;
  /** Whom the site names to phone, and its own procedure. */
  readonly siteHelp: SiteHelp;
  /** Set when no environment could be read, so that the user cannot sign in. */
  readonly settingsFault: Fault | undefined;
}

/** The content of the Diagnostics screen: nothing clinical, nothing secret. */
export interface DiagnosticsView {
  readonly rows: readonly { readonly name: string; readonly value: string }[];
  readonly recentFaults: readonly {
    readonly at: string;
    readonly kind: string;
    readonly reference: string;
  }[];
}
