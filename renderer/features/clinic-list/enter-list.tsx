import { Textarea } from 'nhsuk-react-components';
import { type ReactNode, useRef, useState } from 'react';
import { mostClinicListLines, readClinicList } from '../../../shared/clinical/clinic-list.ts';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import type { Fault } from '../../../shared/fault.ts';
import type { RolePermissions } from '../../../shared/session.ts';
import { ask } from '../../bridge.ts';
import { Button } from '../../components/button.tsx';
import { ContactSafeguardingNotice } from '../../components/contact-safeguarding-notice.tsx';
import { ErrorSummary } from '../../components/error-summary.tsx';
import { FaultDetail } from '../../components/fault-detail.tsx';
import { fieldError } from '../../components/field-error.ts';
import { replaceFieldText } from '../find-patient/replace-field-text.ts';

const fieldId = 'clinic-list-lines';
const problemsId = 'clinic-list-problems';

/** The lines of a clinic list, pasted or from a file, with what is wrong with each before anything is checked (H3). */
export function EnterList({ permissions }: { readonly permissions: RolePermissions }): ReactNode {
  const [text, setText] = useState('');
  /** A sentence about the list, or a fault. */
  const [problem, setProblem] = useState<string | Fault>();
  const [attempts, setAttempts] = useState(0);
  const [busy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  const read = readClinicList(text, ukDate(new Date()));

  const report = (next: string | Fault): void => {
    setProblem(next);
    setAttempts((before) => before + 1);
  };
  const change = (next: string): void => {
    setText(next);
    setProblem(undefined);
  };
  const put = (fromFile: string): void => {
    setProblem(undefined);
    // A field has no other line end: with one, React would set the text by script, past Undo.
    if (field.current !== null) replaceFieldText(field.current, fromFile.replaceAll(/\r\n?/g, '\n'));
  };
  const openFile = async (): Promise<void> => {
    const reply = await ask('clinicList.openFile', undefined);
    if (!reply.ok) report(reply.fault);
    else if (reply.value.kind === 'read') put(reply.value.text);
    else if (reply.value.kind === 'refused') report(reply.value.problem);
  };
  const checkAll = async (): Promise<void> => {
    if (read.kind === 'refused') {
      report(read.problem);
      return;
    }
    setBusy(true);
    const reply = await ask('clinicList.start', { text });
    setBusy(false);
    if (!reply.ok) report(reply.fault);
    else if (reply.value.kind === 'refused') report(reply.value.problem);
    else if (reply.value.kind === 'not-started') report(reply.value.fault);
  };

  const inWords = typeof problem === 'string' ? problem : undefined;
  const warnings = [permissions.scheduled, permissions.findPatient].flatMap((permission) =>
    permission.kind === 'uncertain' ? [permission.warning] : [],
  );
  return (
    <>
      {problem !== undefined && (
        <ErrorSummary key={attempts} errors={inWords === undefined ? [] : [{ fieldId, message: inWords }]}>
          {typeof problem === 'object' && (
            <>
              <FaultDetail fault={problem} />
              <ContactSafeguardingNotice />
            </>
          )}
        </ErrorSummary>
      )}
      <p>
        Scheduled care: nobody is notified. Check only patients who have an appointment with you: each check
        is recorded nationally with your name.
      </p>
      {warnings.map((warning) => (
        <div key={warning} className="callout">
          <p>{warning}</p>
        </div>
      ))}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) void checkAll();
        }}
      >
        <Textarea
          ref={field}
          id={fieldId}
          name={fieldId}
          label="NHS numbers and dates of birth"
          hint={`One patient a line, ${mostClinicListLines} at most, for example 999 000 0018 14/08/2015`}
          {...fieldError(inWords)}
          aria-describedby={problemsId}
          rows={10}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => change(event.target.value)}
        />
        <div id={problemsId}>{text.trim() !== '' && <Problems read={read} />}</div>
        <div className="actions">
          <Button type="submit" busy={busy}>
            Check all
          </Button>
          <Button kind="secondary" onClick={() => void openFile()}>
            Open a file
          </Button>
        </div>
      </form>
    </>
  );
}

function Problems({ read }: { readonly read: ReturnType<typeof readClinicList> }): ReactNode {
  if (read.kind === 'refused') return <p>{read.problem}.</p>;
  const problems = read.lines.filter((line) => line.kind === 'problem');
  const patients = read.lines.length - problems.length;
  return (
    <>
      <p>
        {patients === 1 ? '1 patient' : `${patients} patients`} can be checked.
        {problems.length > 0 &&
          ` ${problems.length === 1 ? '1 line' : `${problems.length} lines`} cannot: correct it here, or check it by hand.`}
      </p>
      {problems.length > 0 && (
        <ul className="clinic-list__problems">
          {problems.map(({ line, problem }) => (
            <li key={line}>
              Line {line}: {problem}.
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
