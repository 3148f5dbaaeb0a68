/** The content of the screen before CP-IS is asked. */
import { describe, expect, test } from 'vitest';
import type { CareSettingChoice } from '../../../shared/application.ts';
import type { PatientNote } from '../../../shared/clinical/patient.ts';
import type { Permissions } from '../../../shared/session.ts';
import { drawn } from '../../testing/drawn.ts';
import { patient } from '../../testing/synthetic.ts';
import { ConfirmPatient } from './confirm-patient.tsx';

const nothing = (): void => {};

const allowed: Permissions = { unscheduled: { kind: 'allowed' }, scheduled: { kind: 'allowed' } };

function drawConfirm({
  permissions = allowed,
  choice = { kind: 'user-chooses' },
  notes = [],
}: {
  readonly permissions?: Permissions;
  readonly choice?: CareSettingChoice;
  readonly notes?: readonly PatientNote[];
}) {
  return drawn(
    <ConfirmPatient
      patient={{ ...patient, notes }}
      permissions={permissions}
      choice={choice}
      asking={false}
      onCheck={nothing}
      onLeave={nothing}
    />,
  );
}

describe('H4: the care setting', () => {
  test('is not chosen beforehand, and each side says its consequence', () => {
    const { html, text } = drawConfirm({});
    expect(html.match(/type="radio"/g)).toHaveLength(2);
    expect(html).not.toContain('checked');
    expect(text).toContain('Unscheduled care – the local authority is notified');
    expect(text).toContain(
      'This child is here now. Your name, role and organisation, date and time go to the local authority. Emergency departments, walk-in centres, minor injuries units, out-of-hours GPs, paediatric wards, maternity, ambulance and 111.',
    );
    expect(text).toContain('Scheduled care – nobody is notified');
    expect(text).toContain(
      'For planned care, and for checking again later. No entry is made in the list of checks. GPs in hours, CAMHS, sexual assault referral, termination services, 0-19 services, community paediatrics, dentistry and others.',
    );
  });

  test('that the role does not allow cannot be chosen, and says why', () => {
    const unscheduled = { kind: 'refused', reason: 'Your role does not allow it.' } as const;
    const { html, text } = drawConfirm({ permissions: { ...allowed, unscheduled } });
    expect(html).toMatch(/<input[^>]*disabled=""[^>]*aria-describedby="care-setting-unscheduled-hint/);
    expect(html.match(/disabled=""/g)).toHaveLength(1);
    expect(text).toContain('Your role does not allow it.');
  });

  test('that the site has fixed is shown with its consequence and its reason', () => {
    const choice = {
      kind: 'fixed',
      careSetting: 'unscheduled',
      reason: 'Your organisation has set this.',
    } as const;
    const { html, text } = drawConfirm({ choice });
    expect(html).not.toContain('type="radio"');
    expect(text).toContain('Unscheduled care – the local authority is notified');
    expect(text).toContain('Your name, role and organisation, date and time go to the local authority.');
    expect(text).toContain('Your organisation has set this.');
  });
});

test('H13: the caution about a restricted patient is read before anything is asked', () => {
  const notes = [{ kind: 'restricted', sentence: 'This record is restricted.' }] as const;
  expect(drawConfirm({ notes }).text).toContain('This record is restricted.');
});

test('H3: the user is asked to compare all four details with the patient', () => {
  expect(drawConfirm({}).text).toContain(
    'Check the name, date of birth, gender and NHS number above with the patient or the person with them.',
  );
});
