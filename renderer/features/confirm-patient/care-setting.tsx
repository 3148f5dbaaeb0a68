import { Fieldset, Radios } from 'nhsuk-react-components';
import type { ReactNode } from 'react';
import type { CareSettingChoice } from '../../../shared/application.ts';
import type { CareSetting } from '../../../shared/outcome.ts';
import type { Permission, Permissions } from '../../../shared/session.ts';

interface Words {
  readonly label: string;
  readonly consequence: string;
  readonly where: string;
}

const settings: Readonly<Record<CareSetting, Words>> = {
  unscheduled: {
    label: 'Unscheduled care – the local authority is notified',
    consequence:
      'This child is here now. Your name, role and organisation, date and time go to the local authority.',
    where:
      'Emergency departments, walk-in centres, minor injuries units, out-of-hours GPs, paediatric wards, maternity, ambulance and 111.',
  },
  scheduled: {
    label: 'Scheduled care – nobody is notified',
    consequence: 'For planned care, and for checking again later. No entry is made in the list of checks.',
    where:
      'GPs in hours, CAMHS, sexual assault referral, termination services, 0-19 services, community paediatrics, dentistry and others.',
  },
};

const order: readonly CareSetting[] = ['unscheduled', 'scheduled'];

export const careSettingFieldId = 'care-setting-unscheduled';

interface Props {
  readonly choice: CareSettingChoice;
  readonly permissions: Permissions;
  readonly chosen: CareSetting | undefined;
  readonly error: string | undefined;
  readonly onChoose: (careSetting: CareSetting) => void;
}

/** H4: the choice that decides whether the local authority is notified. It has no default, and each side says its effect. */
export function CareSettingGroup({ choice, permissions, chosen, error, onChoose }: Props): ReactNode {
  if (choice.kind === 'fixed')
    return <FixedSetting choice={choice} permission={permissions[choice.careSetting]} />;
  return (
    <Radios
      name="care-setting"
      className="care-settings"
      legend="Care setting"
      legendProps={{ size: 'm' }}
      error={error ?? ''}
    >
      {order.map((careSetting) => (
        <Radios.Item
          key={careSetting}
          id={`care-setting-${careSetting}`}
          hint={
            <>
              {settings[careSetting].consequence}
              <br />
              {settings[careSetting].where}
              <PermissionNote permission={permissions[careSetting]} />
            </>
          }
          disabled={permissions[careSetting].kind === 'refused'}
          checked={chosen === careSetting}
          onChange={() => onChoose(careSetting)}
        >
          {settings[careSetting].label}
        </Radios.Item>
      ))}
    </Radios>
  );
}

/** Why the role may not, or cannot, choose a care setting. */
function PermissionNote({ permission }: { readonly permission: Permission }): ReactNode {
  switch (permission.kind) {
    case 'uncertain':
      return <p className="permission-note">{permission.warning}</p>;
    case 'refused':
      return <p className="permission-note permission-note--refused">{permission.reason}</p>;
    case 'allowed':
      return null;
  }
}

interface FixedProps {
  readonly choice: Extract<CareSettingChoice, { kind: 'fixed' }>;
  readonly permission: Permission;
}

/** The site's fixed care setting: shown with its reason, never hidden. */
function FixedSetting({ choice, permission }: FixedProps): ReactNode {
  const { label, consequence, where } = settings[choice.careSetting];
  return (
    <Fieldset>
      <Fieldset.Legend size="m">Care setting</Fieldset.Legend>
      <div className="fixed-setting">
        <p className="fixed-setting__label">{label}</p>
        <p>{consequence}</p>
        <p>{where}</p>
        <p>{choice.reason}</p>
        <PermissionNote permission={permission} />
      </div>
    </Fieldset>
  );
}
