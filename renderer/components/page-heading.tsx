import { type ReactNode, useEffect, useRef } from 'react';
import { useEndOfAnnouncement } from './announcer.tsx';

/** The heading of a screen: takes the focus when the screen appears, so that it is read out first. */
export function PageHeading({ children }: { readonly children: ReactNode }): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  useEndOfAnnouncement();
  return (
    <h1 className="page__heading" ref={heading} tabIndex={-1}>
      {children}
    </h1>
  );
}
