import { type ReactNode, useEffect, useState } from 'react';
import type { ApplicationView } from '../../shared/application.ts';
import type { Fault } from '../../shared/fault.ts';
import type { SessionView } from '../../shared/session.ts';
import { ask } from '../bridge.ts';
import { Announcer } from '../components/announcer.tsx';
import { ScreenHidden } from '../components/screen-hidden.ts';
import { useShortcut } from '../components/use-shortcut.ts';
import { ChooseRole } from '../features/choose-role/choose-role.tsx';
import { Copied } from '../features/copied/copied.tsx';
import { Hide, useHidden } from '../features/hide/hide.tsx';
import { Locked } from '../features/locked/locked.tsx';
import { SettingsFault } from '../features/sign-in/settings-fault.tsx';
import { SignIn } from '../features/sign-in/sign-in.tsx';
import { Starting } from '../features/sign-in/starting.tsx';
import { follow } from '../state/follow.ts';
import type { OpenPanel } from '../state/screen-props.ts';
import { useLaunch } from '../state/use-launch.ts';
import { useLockNotice } from '../state/use-lock-notice.ts';
import { useSession } from '../state/use-session.ts';
import { ErrorBoundary } from './error-boundary.tsx';
import { Later, loadOnce } from './later.tsx';

const signedIn = loadOnce(() => import('./signed-in.tsx'));
const panels = loadOnce(() => import('./panels.tsx'));

/** Once the first screen is shown. Loads their code, never their content. */
async function loadOtherScreens(): Promise<void> {
  try {
    await signedIn.load();
    await panels.load();
  } catch {
    // A screen that needs it says so.
  }
}

/** Chooses the screen for the state of the session, and draws what lies over every screen: Hide, dialogues, announcements. */
export function App(): ReactNode {
  const application = useApplication();
  const { session, fault, command } = useSession();
  const launch = useLaunch();
  const lockNotice = useLockNotice();
  const { hidden, hide, show } = useHidden();
  const [panel, setPanel] = useState<OpenPanel>();

  useEffect(() => {
    const idle = requestIdleCallback(() => void loadOtherScreens());
    return () => cancelIdleCallback(idle);
  }, []);

  useShortcut('F1', () => {
    if (!hidden) setPanel('help');
  });

  const screen = (): ReactNode => {
    if (application.fault !== undefined) return <SettingsFault fault={application.fault} />;
    if (application.view === undefined || (session === undefined && fault === undefined)) return <Starting />;
    const { settingsFault } = application.view;
    if (settingsFault !== undefined) {
      return <SettingsFault fault={settingsFault} application={application.view} onOpen={setPanel} />;
    }
    const shared = { application: application.view, command, launch, fault, onOpen: setPanel };
    const view: SessionView = session ?? { state: 'signed-out', lastFault: undefined };
    switch (view.state) {
      case 'signed-out':
        return <SignIn {...shared} signingIn={false} fault={fault ?? view.lastFault} />;
      case 'signing-in':
        return <SignIn {...shared} signingIn={true} />;
      case 'choosing-role':
        return <ChooseRole {...shared} userName={view.userName} roles={view.roles} />;
      case 'signed-in':
        // H14: another user or role starts without the state of the last.
        return (
          <Later key={Object.values(view.user).join('\n')} code={signedIn} meanwhile={<Starting />}>
            {({ SignedIn }) => (
              <SignedIn
                {...shared}
                session={view}
                // A sign-in that the user has cancelled, before the session ends, needs no message.
                fault={fault ?? (view.lastFault?.kind === 'sign-in-cancelled' ? undefined : view.lastFault)}
                onHide={hide}
              />
            )}
          </Later>
        );
      case 'locked':
        return <Locked {...shared} user={view.user} unlocking={false} fault={fault ?? view.lastFault} />;
      case 'unlocking':
        return <Locked {...shared} user={view.user} unlocking={true} />;
    }
  };

  return (
    <Announcer of={session?.state} hidden={hidden}>
      {/* H9: nothing of a screen is painted, focusable or read out while it is hidden. */}
      <div className={hidden ? 'screens screens--hidden' : 'screens'} inert={hidden}>
        <ScreenHidden value={hidden}>
          <ErrorBoundary>
            <Copied key={session?.state} />
            {screen()}
            {panel !== undefined && (
              <Later code={panels}>
                {({ Panels }) => <Panels open={panel} application={application.view} onOpen={setPanel} />}
              </Later>
            )}
          </ErrorBoundary>
        </ScreenHidden>
      </div>
      {hidden && <Hide onShow={show} />}
      {lockNotice !== undefined && (
        // Made anew with Hide, over which it lies, and with what the main process says of the time. Its code came with the
        // screens of the user who gets the notice (H14).
        <ErrorBoundary key={`${hidden} ${lockNotice.leftMs}`}>
          <Later code={signedIn}>
            {({ LockingSoon }) => <LockingSoon notice={lockNotice} launchWaits={launch.kind === 'held'} />}
          </Later>
        </ErrorBoundary>
      )}
    </Announcer>
  );
}

interface ApplicationState {
  readonly view: ApplicationView | undefined;
  readonly fault: Fault | undefined;
}

function useApplication(): ApplicationState {
  const [state, setState] = useState<ApplicationState>({ view: undefined, fault: undefined });
  useEffect(
    () =>
      follow<ApplicationView>(
        () => ask('application.read', undefined),
        (listener) => window.viewer.on('application.changed', listener),
        (read) =>
          setState(read.ok ? { view: read.value, fault: undefined } : { view: undefined, fault: read.fault }),
      ),
    [],
  );
  return state;
}
