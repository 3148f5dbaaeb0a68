/** What every screen outside the signed-in ones is given. */
import type { ApplicationView } from '../../shared/application.ts';
import type { Fault } from '../../shared/fault.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { SessionCommand } from '../state/use-session.ts';
import type { OpenPanel } from './panels.tsx';

export interface ScreenProps {
  readonly application: ApplicationView;
  readonly command: SessionCommand;
  readonly launch: LaunchView;
  /** Why the last command did not work, or the last session ended. */
  readonly fault: Fault | undefined;
  readonly onOpen: (panel: OpenPanel) => void;
}
