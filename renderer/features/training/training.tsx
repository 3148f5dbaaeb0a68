import { Table } from 'nhsuk-react-components';
import { type ReactNode, useEffect, useState } from 'react';
import { formatNhsNumber, parseNhsNumber } from '../../../shared/clinical/nhs-number.ts';
import type { Reply } from '../../../shared/contract.ts';
import { type TrainingView, trainingFaultNames, trainingFaults } from '../../../shared/training.ts';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { formatInstant } from '../../components/instant-text.ts';
import { Modal } from '../../components/modal.tsx';

type TrainingReply = Reply<'training.read'>;

/** For trainers, in the training edition only: makes services fail on purpose, and shows what would have been notified. */
export function Training({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [reply, setReply] = useState<TrainingReply>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    void ask('training.read', undefined).then(setReply);
  }, []);

  const run = async (request: Promise<TrainingReply>): Promise<void> => {
    setBusy(true);
    setReply(await request);
    setBusy(false);
  };

  return (
    <Modal heading="Training" onDismiss={onClose}>
      {reply?.ok === false && <FaultDetail fault={reply.fault} />}
      {reply?.ok === true && reply.value !== undefined && (
        <>
          <Faults view={reply.value} onSet={(fault, on) => void run(ask('training.set', { fault, on }))} />
          <Notifications view={reply.value} />
        </>
      )}
      <div className="actions">
        <Button kind="secondary" busy={busy} onClick={() => void run(ask('training.reset', undefined))}>
          Everything works again
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}

interface FaultsProps {
  readonly view: TrainingView;
  readonly onSet: (fault: (typeof trainingFaultNames)[number], on: boolean) => void;
}

function Faults({ view, onSet }: FaultsProps): ReactNode {
  return (
    <fieldset className="nhsuk-fieldset">
      <legend className="nhsuk-fieldset__legend nhsuk-fieldset__legend--m">
        What goes wrong from now on
      </legend>
      <div className="nhsuk-checkboxes nhsuk-checkboxes--small">
        {trainingFaultNames.map((fault) => (
          <div key={fault} className="nhsuk-checkboxes__item">
            <input
              id={`training-${fault}`}
              className="nhsuk-checkboxes__input"
              type="checkbox"
              checked={view.active.includes(fault)}
              onChange={(event) => onSet(fault, event.target.checked)}
            />
            <label className="nhsuk-label nhsuk-checkboxes__label" htmlFor={`training-${fault}`}>
              {trainingFaults[fault]}
            </label>
          </div>
        ))}
      </div>
    </fieldset>
  );
}

function Notifications({ view }: { readonly view: TrainingView }): ReactNode {
  return (
    <>
      <h3 id="training-notifications">What local authorities would have been notified of</h3>
      {view.notifications.length === 0 ? (
        <p>Nothing yet.</p>
      ) : (
        <Table className="table" aria-labelledby="training-notifications">
          <Table.Head>
            <Table.Row>
              <Table.Cell>Time</Table.Cell>
              <Table.Cell>NHS number</Table.Cell>
              <Table.Cell>By</Table.Cell>
              <Table.Cell>Local authority</Table.Cell>
            </Table.Row>
          </Table.Head>
          <Table.Body>
            {view.notifications.map(({ at, nhsNumber, user, localAuthorities }) => (
              <Table.Row key={`${at} ${nhsNumber}`}>
                <Table.Cell data-label="Time">{formatInstant(at)}</Table.Cell>
                <Table.Cell data-label="NHS number">{describeNumber(nhsNumber)}</Table.Cell>
                <Table.Cell data-label="By">{user}</Table.Cell>
                <Table.Cell data-label="Local authority">
                  {localAuthorities.join(', ') || 'None known'}
                </Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      )}
    </>
  );
}

function describeNumber(nhsNumber: string): string {
  const parsed = parseNhsNumber(nhsNumber);
  return parsed.kind === 'valid' ? formatNhsNumber(parsed.nhsNumber) : nhsNumber;
}
