import { Radios } from 'nhsuk-react-components';
import { type ReactNode, useState } from 'react';
import type { RoleChoice } from '../../../shared/session.ts';
import { AppBar, BarButton } from '../../components/app-bar.tsx';
import { Button } from '../../components/button.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { Frame } from '../../components/frame.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { useShortcut } from '../../components/use-shortcut.ts';
import { UserMenu } from '../../components/user-menu.tsx';
import type { ScreenProps } from '../../state/screen-props.ts';

interface Props extends ScreenProps {
  readonly userName: string;
  readonly roles: readonly RoleChoice[];
}

/** Asks for a role where Care Identity chose none and the site allows a choice in the viewer. Says whose role it is (H14). */
export function ChooseRole(props: Props): ReactNode {
  const { application, command, fault, onOpen, userName, roles } = props;
  const [chosen, setChosen] = useState<string>();
  const [attempts, setAttempts] = useState(0);
  const unchosen = attempts > 0 && chosen === undefined;

  const lock = (): void => command('session.lock', undefined);
  const signOut = (): void => command('session.signOut', undefined);
  useShortcut('Ctrl+L', lock);

  const submit = (): void => {
    setAttempts((before) => before + 1);
    if (chosen !== undefined) command('session.chooseRole', { roleId: chosen });
  };

  const bar = (
    <AppBar
      application={application}
      onOpen={onOpen}
      actions={
        <>
          <BarButton onPress={lock}>Lock</BarButton>
          <UserMenu
            label={userName}
            entries={[
              { label: 'Sign out', onPress: signOut },
              { label: 'Help', onPress: () => onOpen('help') },
              { label: 'Diagnostics', onPress: () => onOpen('diagnostics') },
              ...(application.training ? [{ label: 'Training', onPress: () => onOpen('training') }] : []),
            ]}
          />
        </>
      }
    />
  );

  return (
    <Frame bar={bar}>
      <main id="main" tabIndex={-1} className="page page--narrow">
        {unchosen && (
          <ErrorSummary key={attempts} errors={[{ fieldId: 'role-0', message: 'Choose a role' }]} />
        )}
        {fault !== undefined && (
          <ErrorSummary key={fault.reference}>
            <FaultDetail fault={fault} />
            <ContactSafeguardingNotice />
          </ErrorSummary>
        )}
        <PageHeading>Choose a role</PageHeading>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <Radios
            name="role"
            small
            legend="Role"
            hint="Your role decides what you may see. It is recorded with each check."
            error={unchosen ? 'Choose a role' : ''}
          >
            {roles.map(({ id, role, organisation }, index) => (
              <Radios.Item
                key={id}
                id={`role-${index}`}
                checked={chosen === id}
                onChange={() => setChosen(id)}
              >
                <strong>{role}</strong>, {organisation}
              </Radios.Item>
            ))}
          </Radios>
          <div className="actions">
            <Button type="submit">Continue</Button>
            <Button kind="secondary" onClick={signOut}>
              Sign out
            </Button>
          </div>
        </form>
      </main>
    </Frame>
  );
}
