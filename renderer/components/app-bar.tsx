import type { ReactNode } from 'react';
import type { ApplicationView } from '../../shared/application.ts';
import type { OpenPanel } from '../state/screen-props.ts';
import { EnvironmentTag } from './environment-tag.tsx';

interface Props {
  readonly application: ApplicationView;
  /** The signed-in user's role, and the time left. */
  readonly who?: ReactNode;
  readonly onOpen: (panel: OpenPanel) => void;
  /** What the bar offers a signed-in user; else the two panels that every screen can open. */
  readonly actions?: ReactNode;
}

/** The bar on top of every screen but Sign in: the product, the environment, and the content that the screen adds. */
export function AppBar({ application, onOpen, who, actions }: Props): ReactNode {
  return (
    <header className="bar">
      <a className="nhsuk-skip-link" href="#main">
        Skip to main content
      </a>
      <div className="bar__inner">
        <p className="bar__product">
          <span className="bar__name">CP-IS Viewer</span> <EnvironmentTag application={application} />
        </p>
        {who}
        <div className="bar__actions">
          {actions ?? (
            <>
              <BarButton onPress={() => onOpen('diagnostics')}>Diagnostics</BarButton>
              {application.training && <BarButton onPress={() => onOpen('training')}>Training</BarButton>}
              <BarButton onPress={() => onOpen('help')}>Help</BarButton>
            </>
          )}
        </div>
      </div>
    </header>
  );
}

interface BarButtonProps {
  readonly children: string;
  readonly onPress: () => void;
}

/** One of the actions at the end of the bar. */
export function BarButton({ children, onPress }: BarButtonProps): ReactNode {
  return (
    <button type="button" className="bar__button" onClick={onPress}>
      {children}
    </button>
  );
}
