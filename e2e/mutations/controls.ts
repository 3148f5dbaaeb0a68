/** Every row of evidence, in the order of the hazard log, and those of them that `npm run test:controls` switches off. */
import { clinicList } from './clinic-list.ts';
import { confidentiality } from './confidentiality.ts';
import type { Control, Row } from './control.ts';
import { copies } from './copies.ts';
import { falseReassurance } from './false-reassurance.ts';
import { liveOrTest } from './live-or-test.ts';
import { lock } from './lock.ts';
import { missedNotification } from './missed-notification.ts';
import { notification } from './notification.ts';
import { outOfDate } from './out-of-date.ts';
import { patientSearch } from './patient-search.ts';
import { planContent } from './plan-content.ts';
import { sharedWorkstation } from './shared-workstation.ts';
import { smartLaunch } from './smart-launch.ts';
import { withoutCpIs } from './without-cp-is.ts';
import { wristband } from './wristband.ts';
import { wrongPatient } from './wrong-patient.ts';

export const rows: readonly Row[] = [
  ...falseReassurance,
  ...wrongPatient,
  ...patientSearch,
  ...wristband,
  ...notification,
  ...missedNotification,
  ...planContent,
  ...confidentiality,
  ...outOfDate,
  ...lock,
  ...sharedWorkstation,
  ...liveOrTest,
  ...copies,
  ...smartLaunch,
  ...withoutCpIs,
  ...clinicList,
].toSorted((a, b) => Number(a.hazard.slice(1)) - Number(b.hazard.slice(1)));

export const controls: readonly Control[] = rows.filter((row) => 'find' in row);
