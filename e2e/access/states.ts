/** Every state of every screen, and the way there; some of them have a picture in docs/screens. */

import type { Simulator } from '../../simulator/client.ts';
import type { LaunchOptions, Viewer } from '../fixtures.ts';
import { clinicListStates } from './clinic-list-states.ts';
import { confirmStates } from './confirm-states.ts';
import { findPatientStates } from './find-patient-states.ts';
import { resultStates } from './result-states.ts';
import { signInStates } from './sign-in-states.ts';
import { windowStates } from './window-states.ts';

export interface Picture {
  /** Without its extension. */
  readonly file: string;
  /** What the picture shows. */
  readonly sentence: string;
  /** One of the few that `npm start` takes where there is no display. */
  readonly mainJob?: true;
}

export interface ScreenState {
  readonly name: string;
  readonly picture?: Picture;
  /** There where the state needs a viewer of its own; without it the viewer of other states will do. */
  readonly launch?: LaunchOptions;
  /** It shows a document, whose text is reviewed there: of its accessibility tree the outline is kept. */
  readonly document?: true;
  reach(viewer: Viewer, simulator: Simulator): Promise<void>;
}

export const states: readonly ScreenState[] = [
  ...signInStates,
  ...findPatientStates,
  ...confirmStates,
  ...resultStates,
  ...windowStates,
  ...clinicListStates,
];
