import type { ReactNode } from 'react';
import type { ApplicationView } from '../../../shared/application.ts';
import { EnvironmentTag } from '../../components/environment-tag.tsx';
import type { OpenPanel } from '../../state/screen-props.ts';

interface Props {
  readonly application?: ApplicationView | undefined;
  readonly onOpen?: ((panel: OpenPanel) => void) | undefined;
  readonly children: ReactNode;
}

/** The frame of the screens before sign-in, the same as in index.html, which is painted before any script has run. */
export function StartPage({ application, onOpen, children }: Props): ReactNode {
  return (
    <div className="start-page">
      <main className="start-page__card">
        <h1 className="start-page__heading">CP-IS Viewer</h1>
        {application !== undefined && <EnvironmentTag application={application} />}
        <p className="start-page__purpose">Child Protection – Information Sharing</p>
        {children}
      </main>
      {application !== undefined && (
        <footer className="start-page__footer">
          <span>Version {application.version}</span>
          {application.updateNotice !== undefined && <span>{application.updateNotice}</span>}
          {onOpen !== undefined && (
            <>
              <button type="button" className="link-button" onClick={() => onOpen('diagnostics')}>
                Diagnostics
              </button>
              {application.training && (
                <button type="button" className="link-button" onClick={() => onOpen('training')}>
                  Training
                </button>
              )}
              <button type="button" className="link-button" onClick={() => onOpen('help')}>
                Help
              </button>
            </>
          )}
        </footer>
      )}
    </div>
  );
}
