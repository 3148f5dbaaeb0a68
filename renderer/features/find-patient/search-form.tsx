/** The second way: name and date of birth, for a patient whose number is not known. */
import { TextInput } from 'nhsuk-react-components';
import { type ReactNode, useRef, useState } from 'react';
import { ukDate } from '../../../shared/clinical/clinical-date.ts';
import type { PatientMatch } from '../../../shared/clinical/patient.ts';
import {
  mostGivenNames,
  problemOfSearchName,
  splitGivenNames,
} from '../../../shared/clinical/search-name.ts';
import type { Reply, Request } from '../../../shared/contract.ts';
import { ask } from '../../bridge.ts';
import { useAnnounce } from '../../components/announcer.tsx';
import { Button } from '../../components/button.tsx';
import type { FieldError } from '../../components/error-summary.tsx';
import { DateOfBirthField } from './date-of-birth-field.tsx';
import { Matches } from './matches.tsx';
import type { Problem } from './problem.ts';
import { readDateOfBirth, type TypedDate } from './typed-date.ts';

type Demographics = Request<'patient.search'>;
interface Props {
  readonly tracing: boolean;
  readonly onChoose: (nhsNumber: string) => void;
  readonly report: (problem: Problem | undefined) => void;
}

export function SearchForm({ tracing, onChoose, report }: Props): ReactNode {
  const [familyName, setFamilyName] = useState('');
  const [givenName, setGivenName] = useState('');
  const [born, setBorn] = useState<TypedDate>({ day: '', month: '', year: '' });
  const [errors, setErrors] = useState<readonly FieldError[]>([]);
  const [searching, setSearching] = useState(false);
  const [matches, setMatches] = useState<readonly PatientMatch[]>([]);
  /** Increases with each search and each change, so that matches of earlier details are dropped (H3). */
  const wanted = useRef(0);
  const announce = useAnnounce();

  const change = <Value,>(set: (value: Value) => void) => {
    return (value: Value): void => {
      set(value);
      wanted.current += 1;
      setSearching(false);
      setMatches([]);
    };
  };

  const errorOf = (...fieldIds: readonly string[]): FieldError | undefined =>
    errors.find(({ fieldId }) => fieldIds.includes(fieldId));

  const submit = (): void => {
    const family = familyName.trim();
    const given = splitGivenNames(givenName);
    const dateOfBirth = readDateOfBirth(born, ukDate(new Date()));
    const wrong = [...problemsOfFamilyName(family), ...problemsOfGivenNames(given)];
    if (dateOfBirth.kind === 'invalid') {
      wrong.push({ fieldId: `born-${dateOfBirth.part}`, message: dateOfBirth.message });
    }
    setErrors(wrong);
    setMatches([]);
    if (dateOfBirth.kind === 'invalid' || wrong.length > 0) {
      report({ errors: wrong, fault: undefined });
      return;
    }
    void search({ familyName: family, givenNames: [...given], dateOfBirth: dateOfBirth.iso });
  };

  const search = async (demographics: Demographics): Promise<void> => {
    wanted.current += 1;
    const own = wanted.current;
    report(undefined);
    setSearching(true);
    announce('Searching');
    const reply = await ask('patient.search', demographics);
    if (wanted.current !== own) return;
    setSearching(false);
    show(reply);
  };

  const show = (reply: Reply<'patient.search'>): void => {
    if (!reply.ok) {
      report({ errors: [], fault: reply.fault });
      return;
    }
    switch (reply.value.kind) {
      case 'matches':
        setMatches(reply.value.matches);
        return;
      case 'none':
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

  return (
    <>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!searching && !tracing) submit();
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
            error={errorOf('family-name')?.message ?? ''}
            value={familyName}
            onChange={(event) => change(setFamilyName)(event.target.value)}
          />
          <TextInput
            id="given-name"
            name="given-name"
            label="Given name (if known; the first is enough)"
            autoComplete="off"
            spellCheck={false}
            maxLength={100}
            error={errorOf('given-name')?.message ?? ''}
            value={givenName}
            onChange={(event) => change(setGivenName)(event.target.value)}
          />
        </div>
        <DateOfBirthField
          typed={born}
          error={errorOf('born-day', 'born-month', 'born-year')}
          onChange={change(setBorn)}
        />
        <Button type="submit" kind="secondary" busy={searching}>
          Search
        </Button>
        {searching && <span className="busy">Searching…</span>}
      </form>
      {matches.length > 0 && <Matches matches={matches} busy={tracing} onChoose={onChoose} />}
    </>
  );
}

function problemsOfFamilyName(name: string): FieldError[] {
  if (name === '') return [{ fieldId: 'family-name', message: 'Enter a family name' }];
  const problem = problemOfSearchName(name);
  return problem === undefined ? [] : [{ fieldId: 'family-name', message: `The family name ${problem}` }];
}

function problemsOfGivenNames(names: readonly string[]): FieldError[] {
  if (names.length > mostGivenNames) {
    return [{ fieldId: 'given-name', message: `Enter at most ${mostGivenNames} given names` }];
  }
  const [problem] = names.flatMap((name) => problemOfSearchName(name) ?? []);
  return problem === undefined ? [] : [{ fieldId: 'given-name', message: `Each given name ${problem}` }];
}
