import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import type { ClinicListView, OpenedRow } from '../../../shared/clinic-list.ts';
import type { RolePermissions, UserView } from '../../../shared/session.ts';
import { Button } from '../../components/button.tsx';
import { PageHeading } from '../../components/page-heading.tsx';
import { PaperEnvironment } from '../print/paper-environment.tsx';
import { PrintButton } from '../print/print-button.tsx';
import { PrintedBy } from '../print/printed-by.tsx';
import { CopyListButton } from './copy-list-button.tsx';
import { EnterList } from './enter-list.tsx';
import { ListResults } from './list-results.tsx';

interface Props {
  readonly list: ClinicListView | undefined;
  readonly application: ApplicationView;
  readonly permissions: RolePermissions;
  readonly user: UserView;
  readonly onOpenRow: (row: Extract<OpenedRow, { kind: 'opened' }>) => void;
  readonly onLeave: () => void;
}

/** A clinic list: its lines are entered, then its outcomes are shown. */
export function ClinicList(props: Props): ReactNode {
  const { list, application, permissions, user, onOpenRow, onLeave } = props;
  return (
    <>
      <main id="main" tabIndex={-1} className="page clinic-list">
        <PaperEnvironment application={application} />
        <div className="result__top">
          <PageHeading key={String(list === undefined)}>Clinic list</PageHeading>
          <div className="result__actions">
            {list !== undefined && application.copyForRecord && <CopyListButton />}
            {list !== undefined && application.printing && <PrintButton />}
            <Button kind="secondary" onClick={onLeave}>
              Find a patient
            </Button>
          </div>
        </div>
        {list === undefined ? (
          <EnterList permissions={permissions} />
        ) : (
          <ListResults list={list} onOpenRow={onOpenRow} />
        )}
      </main>
      {list !== undefined && <PrintedBy user={user} application={application} retrieval={undefined} />}
    </>
  );
}
