/** The props that every screen of the session gets. */
import type { ApplicationView } from '../../shared/application.ts';
import type { Fault } from '../../shared/fault.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { SessionCommand } from './use-session.ts';

/** The dialogue that is open over the screens. */
export type OpenPanel = 'help' | 'guide' | 'about' | 'accessibility' | 'diagnostics' | 'training' | undefined;

export interface ScreenProps {
  readonly application: ApplicationView;
  readonly command: SessionCommand;
  readonly launch: LaunchView;
  /** Why the last command failed, or why the last session ended. */
  readonly fault: Fault | undefined;
  readonly onOpen: (panel: OpenPanel) => void;
}
