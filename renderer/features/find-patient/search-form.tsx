import { Checkboxes, TextInput } from 'nhsuk-react-components';
import { type ReactNode, useRef, useState } from 'react';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import type { SearchDetails, SearchScope } from '../../../shared/clinical/patient-search.ts';
import type { Reply, Request } from '../../../shared/contract.ts';
import { ask } from '../../bridge.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import type { FieldError } from '../../components/error-summary.tsx';
import { fieldError } from '../../components/field-error.ts';
import { DateOfBirthField } from './date-of-birth-field.tsx';
import type { Problem } from './problem.ts';
import { type SearchAnswer, SearchResult } from './search-result.tsx';
import { emptySearch, readTypedSearch, type TypedSearch } from './typed-search.ts';

/** The match that the user chose, as the main process compares it with the record that opens (H3). */
export type ChosenMatch = NonNullable<Request<'patient.trace'>['chosen']>;

interface Props {
  readonly tracing: boolean;
  readonly onChoose: (nhsNumber: string, chosen: ChosenMatch) => void;
  readonly report: (problem: Problem | undefined) => void;
}

/** The second way: name and date of birth, for a patient whose number is not known. */
export function SearchForm({ tracing, onChoose, report }: Props): ReactNode {
  const [typed, setTyped] = useState<TypedSearch>(emptySearch);
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [searching, setSearching] = useState(false);
  const [answer, setAnswer] = useState<SearchAnswer>();
  /** Increases with each search and each change, so that matches of earlier details are dropped (H3). */
  const wanted = useRef(0);
  const announce = useAnnounce();
  const busy = searching || tracing;

  const change = (part: Partial<TypedSearch>): void => {
    setTyped({ ...typed, ...part });
    wanted.current += 1;
    setSearching(false);
    setAnswer(undefined);
  };

  const errorOf = (id: string) => errors.find(({ fieldId }) => fieldId === id)?.message;

  const submit = (): void => {
    const reading = readTypedSearch(typed, ukDate(new Date()));
    setAnswer(undefined);
    if (reading.kind === 'invalid') {
      setErrors(reading.errors);
      report({ errors: reading.errors, fault: undefined });
      return;
    }
    setErrors([]);
    void search(reading.details, 'current');
  };

  const search = async (details: SearchDetails, scope: SearchScope): Promise<void> => {
    wanted.current += 1;
    const own = wanted.current;
    report(undefined);
    setSearching(true);
    announce('Searching');
    const reply = await ask('patient.search', {
      ...details,
      givenNames: [...details.givenNames],
      scope,
    });
    if (wanted.current !== own) return;
    setSearching(false);
    show(reply, { id: own, details, scope });
  };

  const show = (reply: Reply<'patient.search'>, searched: Omit<SearchAnswer, 'outcome'>): void => {
    if (!reply.ok) {
      report({ errors: [], fault: reply.fault });
      return;
    }
    switch (reply.value.kind) {
      case 'matches':
      case 'none':
      case 'none-shown':
        setAnswer({ ...searched, outcome: reply.value });
        return;
      case 'could-not-search':
        report({ errors: [], fault: reply.value.fault });
        return;
      case 'too-many': {
        const message = 'Too many patients match. Add the given name, or use the NHS number';
        report({ errors: [{ fieldId: 'given-name', message }], fault: undefined });
        return;
      }
    }
  };

  const choose = ({ nhsNumber, banner }: PatientMatch, { details, scope }: SearchAnswer): void => {
    const searched = { ...details, givenNames: [...details.givenNames], scope };
    onChoose(nhsNumber, { search: searched, name: banner.name, born: banner.born.short });
  };

  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) submit();
        }}
      >
        <div className="field-row">
          <TextInput
            id="family-name"
            name="family-name"
            label="Family name"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            {...fieldError(errorOf('family-name'))}
            value={typed.familyName}
            onChange={(event) => change({ familyName: event.target.value })}
          />
          <TextInput
            id="given-name"
            name="given-name"
            label="Given name (if known; the first is enough)"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            {...fieldError(errorOf('given-name'))}
            value={typed.givenNames}
            onChange={(event) => change({ givenNames: event.target.value })}
          />
        </div>
        <div className="field-row field-row--dates">
          <DateOfBirthField
            id="born"
            legend={typed.isRange ? 'Earliest date of birth' : 'Date of birth'}
            typed={typed.born}
            errors={errors}
            onChange={(born) => change({ born })}
          />
          {typed.isRange && (
            <DateOfBirthField
              id="latest"
              legend="Latest date of birth"
              typed={typed.latest}
              errors={errors}
              onChange={(latest) => change({ latest })}
            />
          )}
        </div>
        <Checkboxes small>
          <Checkboxes.Item
            id="born-between"
            checked={typed.isRange}
            onChange={(event) => change({ isRange: event.target.checked })}
          >
            I do not know the exact date
          </Checkboxes.Item>
        </Checkboxes>
        <Button type="submit" kind="secondary" busy={searching}>
          Search
        </Button>
        {searching && <span className="busy">Searching…</span>}
      </form>
      {answer !== undefined && (
        <SearchResult
          key={answer.id}
          answer={answer}
          busy={busy}
          onChoose={(match) => choose(match, answer)}
          onSearch={(scope) => void search(answer.details, scope)}
        />
      )}
    </>
  );
}
