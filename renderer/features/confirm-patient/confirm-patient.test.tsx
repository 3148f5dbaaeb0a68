/** The content of the screen before CP-IS is asked. */
import { describe, expect, test } from 'vitest';
import type { CareSettingChoice } from '../../../shared/application.ts';
import type { PatientNote, PatientSource, SearchComparison } from '../../../shared/clinical/patient.ts';
import type { Permissions } from '../../../shared/session.ts';
import { patient } from '../../../shared/testing/synthetic.ts';
import { drawn } from '../../testing/drawn.ts';
import { ConfirmPatient } from './confirm-patient.tsx';

const nothing = (): void => {};

const allowed: Permissions = { unscheduled: { kind: 'allowed' }, scheduled: { kind: 'allowed' } };

function drawConfirm({
  permissions = allowed,
  choice = { kind: 'user-chooses' },
  notes = [],
  comparison,
  openedFrom = { kind: 'viewer' },
}: {
  readonly permissions?: Permissions;
  readonly choice?: CareSettingChoice;
  readonly notes?: readonly PatientNote[];
  readonly comparison?: SearchComparison;
  readonly openedFrom?: PatientSource;
}) {
  return drawn(
    <ConfirmPatient
      patient={{ ...patient, notes, comparison, openedFrom }}
      permissions={permissions}
      choice={choice}
      asking="no"
      onCheck={nothing}
      onLeave={nothing}
    />,
  );
}

describe('H4: the care setting', () => {
  test.each([
    ['unscheduled', true],
    ['scheduled', false],
  ] as const)(
    'a press meant for the screen before checks nothing where it is fixed to %s: %s',
    (careSetting, isKept) => {
      const { html } = drawConfirm({ choice: { kind: 'fixed', careSetting, reason: '' } });
      expect(html.includes('aria-disabled="true"')).toBe(isKept);
      expect(drawConfirm({}).html).not.toContain('aria-disabled');
    },
  );

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

  test('that the role does not allow cannot be chosen, and says why; the only other one is chosen', () => {
    const unscheduled = { kind: 'refused', reason: 'Your role does not allow it.' } as const;
    const { html, text } = drawConfirm({ permissions: { ...allowed, unscheduled } });
    expect(html).toMatch(/<input[^>]*aria-describedby="care-setting-unscheduled--hint" disabled=""/);
    expect(html.match(/disabled=""/g)).toHaveLength(1);
    expect(html.match(/checked=""/g)).toHaveLength(1);
    expect(html).toMatch(/<input[^>]*id="care-setting-scheduled"[^>]*checked=""/);
    expect(text).toContain('Your role does not allow it.');
  });

  test('that notifies is never chosen beforehand, not even where the role allows no other', () => {
    const scheduled = { kind: 'refused', reason: 'Your role does not allow it.' } as const;
    expect(drawConfirm({ permissions: { ...allowed, scheduled } }).html).not.toContain('checked=""');
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

test('H3: where the patient came from is said', () => {
  const fromRecordSystem = drawConfirm({ openedFrom: { kind: 'record-system', at: '02:10' } });
  expect(fromRecordSystem.text).toContain('Opened by your record system at 02:10.');
  const fromWristband = drawConfirm({
    openedFrom: { kind: 'wristband', dateOfBirth: 'same', baby: undefined },
  });
  expect(fromWristband.text).toContain('From the wristband. Its date of birth is the one above.');
});

test('H8: on whose number an unborn child is, is read before the check; for an adult it is no warning', () => {
  const sentence = "An unborn child's plan would be shown here.";
  const { html } = drawConfirm({ notes: [{ kind: 'adult', sentence }] });
  expect(html).toContain(`<li class="inset">${sentence.replace("'", '&#x27;')}</li>`);
});

test('H3: the user is asked to compare all four details with the patient', () => {
  expect(drawConfirm({}).text).toContain(
    'Check these details with the patient or the person with them. Name TESTCHILD, Amber (Miss) Born 14-Aug-2015 (11y) 14 August 2015, 11 years old Gender Female NHS No. 999 000 0018',
  );
});

describe('H3: what differs from the search is shown beside the record, to be checked with the patient', () => {
  const same = (text: string) => ({ short: text, long: text });

  test('each detail as it was searched for and as it is recorded', () => {
    const { html, text } = drawConfirm({
      comparison: {
        foundBy: 'similar',
        differences: [
          { detail: 'family-name', searched: same('MOCKSMITH'), recorded: same('MOCKSMYTHE') },
          {
            detail: 'date-of-birth',
            searched: { short: '03-Sep-2022', long: '3 September 2022' },
            recorded: { short: '09-Mar-2022', long: '9 March 2022' },
          },
        ],
      },
    });
    expect(text).toContain('Found by similar details: this may be another patient.');
    expect(text).toContain('Family name MOCKSMITH MOCKSMYTHE');
    expect(text).toContain('Date of birth 03-Sep-2022 3 September 2022 09-Mar-2022 9 March 2022');
    expect(html).toMatch(/<input[^>]*type="checkbox"/);
    expect(html).not.toContain('checked=""');
  });

  test('a patient who was found by number, or whose details are the searched ones, needs no tick', () => {
    for (const comparison of [undefined, { foundBy: 'current', differences: [] } as const]) {
      expect(drawConfirm(comparison === undefined ? {} : { comparison }).html).not.toContain(
        'type="checkbox"',
      );
    }
  });
});
