import type { ReactNode } from 'react';
import type { ClinicListView } from '../../../shared/clinic-list.ts';
import { Button } from '../../components/button.tsx';
import { progressWords } from './progress-words.ts';

interface Props {
  readonly list: ClinicListView | undefined;
  readonly onOpen: () => void;
}

/** The way to the clinic list, on "Find a patient": what it is, or what it does now. */
export function ListEntry({ list, onOpen }: Props): ReactNode {
  return (
    <section className="second-way clinic-list-entry">
      <Button kind="secondary" onClick={onOpen}>
        Clinic list
      </Button>
      <p>
        {list === undefined
          ? 'Check the patients of a clinic in scheduled care: nobody is notified.'
          : progressWords(list)}
      </p>
    </section>
  );
}
