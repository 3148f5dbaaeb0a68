/** Holds the view of this installation that the screens show, and tells the page when it changes. */
import type { ApplicationView, Notice } from '../../shared/application.ts';

export interface ApplicationState {
  view(): ApplicationView;
  notify(notice: Notice): void;
  /** `undefined`: no check was left without its answer. */
  sayLeftCheck(at: Date | undefined): void;
  sayUpdate(notice: string | undefined): void;
}

export function createApplicationState(
  first: ApplicationView,
  onChange: (view: ApplicationView) => void,
): ApplicationState {
  let current = first;
  return {
    view: () => current,
    notify(notice) {
      if (current.notices.some(({ text }) => text === notice.text)) return;
      current = { ...current, notices: [...current.notices, notice] };
      onChange(current);
    },
    sayLeftCheck(at) {
      const leftCheckAt = at?.toISOString();
      if (leftCheckAt === current.leftCheckAt) return;
      current = { ...current, leftCheckAt };
      onChange(current);
    },
    sayUpdate(updateNotice) {
      if (updateNotice === current.updateNotice) return;
      current = { ...current, updateNotice };
      onChange(current);
    },
  };
}
