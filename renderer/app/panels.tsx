import type { ReactNode } from 'react';
import type { ApplicationView } from '../../shared/application.ts';
import { Diagnostics } from '../features/diagnostics/diagnostics.tsx';
import { About } from '../features/help/about.tsx';
import { Accessibility } from '../features/help/accessibility.tsx';
import { Guide } from '../features/help/guide.tsx';
import { Help } from '../features/help/help.tsx';
import { Training } from '../features/training/training.tsx';
import type { OpenPanel } from '../state/screen-props.ts';

interface Props {
  readonly open: NonNullable<OpenPanel>;
  readonly application: ApplicationView | undefined;
  readonly onOpen: (panel: OpenPanel) => void;
}

/** The dialogues that every screen can open. They hold nothing clinical. */
export function Panels({ open, application, onOpen }: Props): ReactNode {
  const onClose = (): void => onOpen(undefined);
  const page = { application, onClose, onBack: () => onOpen('help') };
  switch (open) {
    case 'help':
      return <Help application={application} onOpen={onOpen} onClose={onClose} />;
    case 'guide':
      return <Guide {...page} />;
    case 'about':
      return <About {...page} />;
    case 'accessibility':
      return <Accessibility {...page} />;
    case 'diagnostics':
      return <Diagnostics onClose={onClose} />;
    case 'training':
      return <Training onClose={onClose} />;
  }
}
