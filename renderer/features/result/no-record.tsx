/** H1: this sentence alone, without a colour or a symbol that could reassure. */
import type { ReactNode } from 'react';
import { noRecordSentence } from '../../../shared/outcome-words.ts';

export function NoRecord(): ReactNode {
  return <p className="no-record">{noRecordSentence}</p>;
}
