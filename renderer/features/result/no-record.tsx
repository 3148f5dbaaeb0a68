import type { ReactNode } from 'react';
import type { PatientNote } from '../../../shared/clinical/patient.ts';
import { noRecordSentence } from '../../../shared/outcome-words.ts';
import type { SiteHelp } from '../../../shared/site-help.ts';
import { WhatToDoWithoutRecord } from './what-to-do.tsx';

interface Props {
  readonly siteHelp: SiteHelp;
  readonly notes: readonly PatientNote[];
}

/**
 * H1: the fixed sentence, without a colour or a symbol that could reassure, and what to do now
 * (docs/decisions/no-record-says-what-to-do.md).
 */
export function NoRecord({ siteHelp, notes }: Props): ReactNode {
  return (
    <div className="beside">
      <p className="no-record">{noRecordSentence}</p>
      <WhatToDoWithoutRecord siteHelp={siteHelp} notes={notes} />
    </div>
  );
}
