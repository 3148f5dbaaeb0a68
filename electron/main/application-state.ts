import type { ApplicationView, Notice } from '../../shared/application.ts';
import type { TakenTime } from '../../shared/taken-time.ts';

export interface ApplicationState {
  view(): ApplicationView;
  notify(notice: Notice): void;
  /** Takes a notice back that is no longer true. */
  withdraw(text: Notice['text']): void;
  /** `undefined`: no check was left without its answer. */
  sayLeftCheck(at: TakenTime | undefined): void;
  sayUpdate(notice: string | undefined): void;
}

/** Holds the view of this installation that the screens show, and tells the page when it changes. */
export function createApplicationState(
  first: ApplicationView,
  onChange: (view: ApplicationView) => void,
): ApplicationState {
  let current = first;
  const change = (part: Partial<ApplicationView>): void => {
    current = { ...current, ...part };
    onChange(current);
  };
  return {
    view: () => current,
    notify(notice) {
      if (current.notices.some(({ text }) => text === notice.text)) return;
      change({ notices: [...current.notices, notice] });
    },
    withdraw(text) {
      const notices = current.notices.filter((notice) => notice.text !== text);
      if (notices.length < current.notices.length) change({ notices });
    },
    sayLeftCheck(leftCheckAt) {
      if (leftCheckAt?.at !== current.leftCheckAt?.at) change({ leftCheckAt });
    },
    sayUpdate(updateNotice) {
      if (updateNotice !== current.updateNotice) change({ updateNotice });
    },
  };
}
