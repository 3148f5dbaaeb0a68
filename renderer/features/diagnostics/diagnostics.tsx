import { Table } from 'nhsuk-react-components';
import { type ReactNode, useEffect, useState } from 'react';
import type { DiagnosticsView } from '../../../shared/application.ts';
import type { Reply } from '../../../shared/contract.ts';
import { describeFaultKind } from '../../../shared/fault.ts';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { formatInstant } from '../../components/instant-text.ts';
import { Modal } from '../../components/modal.tsx';

/** The data that the support team asks for: nothing clinical, nothing secret. */
export function Diagnostics({ onClose }: { readonly onClose: () => void }): ReactNode {
  const [reply, setReply] = useState<Reply<'diagnostics.read'>>();
  const [saving, setSaving] = useState(false);
  const [saved, setSaved] = useState('');

  useEffect(() => {
    void ask('diagnostics.read', undefined).then(setReply);
  }, []);

  const save = async (): Promise<void> => {
    setSaving(true);
    setSaved('');
    const result = await ask('diagnostics.saveSupportBundle', undefined);
    setSaving(false);
    setSaved(result.ok ? saveWords[result.value] : saveWords.failed);
  };

  return (
    <Modal heading="Diagnostics" onDismiss={onClose}>
      {reply === undefined && <p className="busy">Reading…</p>}
      {reply?.ok === false && <FaultDetail fault={reply.fault} />}
      {reply?.ok === true && <View view={reply.value} />}
      <div role="status">{saved !== '' && <p>{saved}</p>}</div>
      <div className="actions">
        <Button kind="secondary" busy={saving} onClick={() => void save()}>
          Save support bundle
        </Button>
        <Button onClick={onClose}>Close</Button>
      </div>
    </Modal>
  );
}

const saveWords = {
  saved: 'The support bundle was saved. It holds nothing about patients.',
  cancelled: 'Nothing was saved.',
  failed: 'The support bundle could not be saved.',
} as const;

function View({ view }: { readonly view: DiagnosticsView }): ReactNode {
  return (
    <>
      <dl className="diagnostics">
        {view.rows.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <h3 id="recent-faults">Last errors</h3>
      {view.recentFaults.length === 0 ? (
        <p>None since the start.</p>
      ) : (
        <Table className="table" aria-labelledby="recent-faults">
          <Table.Head>
            <Table.Row>
              <Table.Cell>Time</Table.Cell>
              <Table.Cell>Error</Table.Cell>
              <Table.Cell>Reference</Table.Cell>
            </Table.Row>
          </Table.Head>
          <Table.Body>
            {view.recentFaults.map(({ at, kind, reference }) => (
              <Table.Row key={`${at} ${reference}`}>
                <Table.Cell className="nowrap" data-label="Time">
                  {formatInstant(at)}
                </Table.Cell>
                <Table.Cell data-label="Error">{describeFaultKind(kind)}</Table.Cell>
                <Table.Cell className="reference__text" data-label="Reference">
                  {reference}
                </Table.Cell>
              </Table.Row>
            ))}
          </Table.Body>
        </Table>
      )}
    </>
  );
}
