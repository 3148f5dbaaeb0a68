import type { BrowserWindow } from 'electron';

export interface CloseQuestion {
  answer(answer: 'close' | 'stay'): void;
}

export interface CloseQuestionDependencies {
  readonly window: Pick<BrowserWindow, 'on' | 'close' | 'isDestroyed'>;
  /** Names the patient whose answer is open, or is on its way. */
  readonly openAnswer: () => string | undefined;
  readonly ask: () => void;
}

/**
 * The page asks the user before the window's close button closes an answer, or an unscheduled check on its way (H5). It asks
 * once: a second press closes, so that no page can keep the window open. A quit that the system asks for closes at once.
 */
export function askBeforeClose({ window, openAnswer, ask }: CloseQuestionDependencies): CloseQuestion {
  let askedAbout: string | undefined;
  window.on('close', (event) => {
    const context = openAnswer();
    if (context === undefined || context === askedAbout) return;
    askedAbout = context;
    event.preventDefault();
    ask();
  });
  return {
    answer(answer) {
      if (answer === 'stay') askedAbout = undefined;
      else if (!window.isDestroyed()) window.close();
    },
  };
}
