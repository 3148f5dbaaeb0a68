/** A screen that fails to draw becomes a plain fault: never a blank window, never something like "no record" (H2). */
import { Component, type ReactNode } from 'react';
import type { Fault } from '../../shared/fault.ts';
import { rendererFault } from '../bridge.ts';
import { ContactSafeguardingNotice } from '../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../components/fault-detail.tsx';
import { PageHeading } from '../components/page-heading.tsx';

interface Props {
  readonly children: ReactNode;
  /** Drops the data that could not be drawn. */
  readonly onRestart: () => void;
}

interface State {
  readonly fault: Fault | undefined;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { fault: undefined };

  static getDerivedStateFromError(): State {
    return { fault: rendererFault() };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === undefined) return this.props.children;
    return (
      <main className="page">
        <PageHeading>Something went wrong</PageHeading>
        <div className="fault" role="alert">
          <p>This screen could not be shown. It says nothing about any patient.</p>
          <FaultDetail fault={fault} />
          <ContactSafeguardingNotice />
        </div>
        <button
          type="button"
          className="nhsuk-button"
          onClick={() => {
            this.props.onRestart();
            this.setState({ fault: undefined });
          }}
        >
          Start again
        </button>
      </main>
    );
  }
}
