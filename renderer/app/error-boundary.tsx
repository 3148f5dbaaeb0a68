/**
 * A screen that fails to draw becomes a plain fault: never a blank window, never something like "no record" (H2). "Start again"
 * loads the page anew: its data may be what could not be drawn, and a browser does not try again to load code that it could not.
 */
import { Component, type ReactNode } from 'react';
import type { Fault } from '../../shared/fault.ts';
import { ask, rendererFault } from '../bridge.ts';
import { ContactSafeguardingNotice } from '../components/contact-safeguarding-notice.tsx';
import { FaultDetail } from '../components/fault-detail.tsx';
import { PageHeading } from '../components/page-heading.tsx';

interface Props {
  readonly children: ReactNode;
}

interface State {
  readonly fault: Fault | undefined;
}

export class ErrorBoundary extends Component<Props, State> {
  override state: State = { fault: undefined };

  static getDerivedStateFromError(): State {
    return { fault: rendererFault() };
  }

  /** The support team looks for the reference in the log. */
  override componentDidCatch(): void {
    const { fault } = this.state;
    if (fault !== undefined) void ask('page.failed', { reference: fault.reference });
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
            void ask('page.startAgain', undefined).then((reply) => {
              if (!reply.ok) this.setState({ fault: reply.fault });
            });
          }}
        >
          Start again
        </button>
      </main>
    );
  }
}
