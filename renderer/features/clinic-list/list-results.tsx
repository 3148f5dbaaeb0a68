import { type ReactNode, useEffect, useEffectEvent, useState } from 'react';
import {
  type ClinicListProgress,
  type ClinicListView,
  isLeft,
  type OpenedRow,
  summariseClinicList,
} from '../../../shared/clinic-list.ts';
import type { Request } from '../../../shared/contract.ts';
import type { Fault } from '../../../shared/fault.ts';
import { noRecordInList } from '../../../shared/outcome-words.ts';
import { ask } from '../../bridge.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { ListTable } from './list-table.tsx';
import { progressWords } from './progress-words.ts';

interface Props {
  readonly list: ClinicListView;
  readonly onOpenRow: (row: Extract<OpenedRow, { kind: 'opened' }>) => void;
}

/** The outcomes of a clinic list, and what it does now. */
export function ListResults({ list, onOpenRow }: Props): ReactNode {
  const [fault, setFault] = useState<Fault>();
  const announce = useAnnounce();
  const { progress, rows } = list;
  const hasEnded = progress.kind === 'stopped' || progress.kind === 'finished';
  const summary = summariseClinicList(rows);
  const words = progressWords(list);

  // Not each row: once a second would drown everything else.
  const say = useEffectEvent((kind: ClinicListProgress['kind']): void =>
    announce(kind === 'stopped' || kind === 'finished' ? `${words} ${summary}` : words),
  );
  useEffect(() => say(progress.kind), [progress.kind]);

  const steer = (to: Request<'clinicList.steer'>['to']): void => void ask('clinicList.steer', { to });
  const openRow = async (line: number): Promise<void> => {
    setFault(undefined);
    const reply = await ask('clinicList.openRow', { line });
    if (!reply.ok) setFault(reply.fault);
    else if (reply.value.kind === 'gone') setFault(reply.value.fault);
    else onOpenRow(reply.value);
  };

  return (
    <>
      {fault !== undefined && (
        <div className="fault" role="alert">
          <FaultDetail fault={fault} />
          <ContactSafeguardingNotice />
        </div>
      )}
      <p className="summary">{summary}</p>
      <p className="checked">{noRecordInList}</p>
      {rows.some(({ outcome }) => 'fault' in outcome) && <ContactSafeguardingNotice />}
      <div className="clinic-list__progress">
        <progress
          aria-label="Lines done"
          max={rows.length}
          value={rows.filter((row) => !isLeft(row)).length}
        />
        <span>{words}</span>
        {hasEnded ? (
          <Button kind="secondary" onClick={() => steer('close')}>
            Close this list
          </Button>
        ) : (
          <>
            {progress.kind === 'paused' ? (
              <Button kind="secondary" onClick={() => steer('continue')}>
                Continue
              </Button>
            ) : (
              <Button kind="secondary" onClick={() => steer('pause')}>
                Pause
              </Button>
            )}
            <Button kind="secondary" onClick={() => steer('stop')}>
              Stop
            </Button>
          </>
        )}
      </div>
      <ListTable rows={rows} onOpen={(line) => void openRow(line)} />
    </>
  );
}
