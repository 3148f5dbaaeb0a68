/** H4: the choice that decides whether the local authority is notified. It has no default, and each side says its effect. */
import type { ReactNode } from 'react';
import type { CareSettingChoice } from '../../../shared/application.ts';
import type { CareSetting } from '../../../shared/outcome.ts';
import type { Permission, Permissions } from '../../../shared/session.ts';
import { FieldGroup } from '../../components/field-group.tsx';
import { Radio } from '../../components/radio.tsx';

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

export function CareSettingGroup({ choice, permissions, chosen, error, onChoose }: Props): ReactNode {
  return (
    <FieldGroup id="care-setting" legend="Care setting" large error={error}>
      {choice.kind === 'fixed' ? (
        <FixedSetting choice={choice} permission={permissions[choice.careSetting]} />
      ) : (
        <div className="nhsuk-radios care-settings">
          {order.map((careSetting) => {
            const permission = permissions[careSetting];
            return (
              <Radio
                key={careSetting}
                id={`care-setting-${careSetting}`}
                name="care-setting"
                label={settings[careSetting].label}
                hint={
                  <>
                    {settings[careSetting].consequence}
                    <br />
                    {settings[careSetting].where}
                  </>
                }
                warning={permission.kind === 'uncertain' ? permission.warning : undefined}
                refused={permission.kind === 'refused' ? permission.reason : undefined}
                checked={chosen === careSetting}
                onChoose={() => onChoose(careSetting)}
              />
            );
          })}
        </div>
      )}
    </FieldGroup>
  );
}

interface FixedProps {
  readonly choice: Extract<CareSettingChoice, { kind: 'fixed' }>;
  readonly permission: Permission;
}

/** The site's fixed care setting: shown with its reason, never hidden. */
function FixedSetting({ choice, permission }: FixedProps): ReactNode {
  const { label, consequence, where } = settings[choice.careSetting];
  return (
    <div className="fixed-setting">
      <p className="fixed-setting__label">{label}</p>
      <p>{consequence}</p>
      <p>{where}</p>
      <p>{choice.reason}</p>
      {permission.kind === 'uncertain' && <p className="radio__warning">{permission.warning}</p>}
      {permission.kind === 'refused' && <p className="radio__refused">{permission.reason}</p>}
    </div>
  );
}
