import type { ApplicationView, CareSettingChoice, Notice } from '../../shared/application.ts';
import type { Fault } from '../../shared/fault.ts';
import { readSiteHelp } from '../../shared/site-help.ts';
import { oldestSupportedElectron } from '../../shared/supported-electron.ts';
import type { Installation } from '../diagnostics/installation.ts';
import { noEnvironmentTag } from '../diagnostics/unconfigured.ts';
import type { Environment } from '../settings/environment.ts';

/** `training`: the edition with its own simulator. */
export function describeApplication(
  installation: Installation,
  environment: Environment,
  training: boolean,
): ApplicationView {
  return {
    version: installation.version,
    environmentTag: environment.tag,
    live: environment.live,
    notices: noticesOf(installation),
    updateNotice: undefined,
    leftCheckAt: undefined,
    careSetting: careSettingChoice(environment),
    staleAfterMs: environment.session.coverResultMinutes * 60_000,
    printing: installation.policy.policy.printing ?? true,
    copyForRecord: installation.policy.policy.copyForRecord ?? true,
    clinicList: installation.policy.policy.clinicList === true && environment.careSetting !== 'unscheduled',
    supportContact: installation.policy.policy.supportContact,
    training,
    siteHelp: readSiteHelp(installation.policy.policy),
    settingsFault: undefined,
  };
}

/** The view without an environment: its fault, and no lookups. */
export function describeUnconfigured(installation: Installation, settingsFault: Fault): ApplicationView {
  return {
    version: installation.version,
    environmentTag: noEnvironmentTag,
    live: false,
    notices: noticesOf(installation),
    updateNotice: undefined,
    leftCheckAt: undefined,
    careSetting: { kind: 'user-chooses' },
    staleAfterMs: 0,
    printing: false,
    copyForRecord: false,
    clinicList: false,
    supportContact: installation.policy.policy.supportContact,
    training: false,
    siteHelp: readSiteHelp(installation.policy.policy),
    settingsFault,
  };
}

function noticesOf({ electron, settingsNotice, policy }: Installation): readonly Notice[] {
  const major = Number.parseInt(electron, 10);
  const texts = [
    ...(major < oldestSupportedElectron
      ? [`Runs on Electron ${electron}, which gets no security fixes: for development and tests only.`]
      : []),
    ...(settingsNotice === undefined ? [] : [settingsNotice]),
    ...policy.problems.map((problem) => `${problem} Tell your IT service desk.`),
  ];
  return texts.map((text) => ({ text, preventsLookups: false }));
}

function careSettingChoice({ careSetting, cpis }: Environment): CareSettingChoice {
  if (cpis.wireFormat === 'patient-flags') {
    return {
      kind: 'fixed',
      careSetting: 'scheduled',
      reason:
        'The Patient Flags service never notifies the local authority. In unscheduled care, phone them as your safeguarding procedure says, or check in the National Care Records Service (NCRS).',
    };
  }
  if (careSetting === 'user-chooses') return { kind: 'user-chooses' };
  return { kind: 'fixed', careSetting, reason: 'Your organisation has set this for this computer.' };
}
