import { type ReactNode, useId, useRef, useState } from 'react';

export interface MenuEntry {
  readonly label: string;
  readonly onPress: () => void;
}

interface Props {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
}

/**
 * The menu under the user's name. A popover of the browser's own: it lies over everything, closes on Escape or a press
 * elsewhere, and gives the focus back. The name is the button's, so that who is signed in is always in view (H14).
 */
export function UserMenu({ label, entries }: Props): ReactNode {
  const popover = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <div className="user-menu">
      <button
        type="button"
        className="bar__button user-menu__button"
        popoverTarget={id}
        aria-expanded={open}
        aria-controls={id}
      >
        {label}
      </button>
      <ul
        ref={popover}
        id={id}
        className="user-menu__entries"
        popover="auto"
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {entries.map(({ label: entry, onPress }) => (
          <li key={entry}>
            <button
              type="button"
              className="user-menu__entry"
              onClick={() => {
                popover.current?.hidePopover();
                onPress();
              }}
            >
              {entry}
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
