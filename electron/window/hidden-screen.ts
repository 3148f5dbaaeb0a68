export interface HiddenScreen {
  set(hidden: boolean): void;
  /** True once the screen is shown; false where the page was replaced first, or `signal` aborts. */
  whenShown(signal?: AbortSignal): Promise<boolean>;
  /** The page has been replaced. The new one hides nothing, and what waited is not wanted any more. */
  pageReplaced(): void;
  onChange(listener: (hidden: boolean) => void): void;
}

/**
 * Whether the user has hidden the screen (H9), as the page says. No dialogue of the main process opens over a hidden screen:
 * each waits until the screen is shown.
 */
export function createHiddenScreen(): HiddenScreen {
  let isHidden = false;
  let waiting: readonly ((shown: boolean) => void)[] = [];
  const listeners: ((hidden: boolean) => void)[] = [];

  function become(hidden: boolean): void {
    if (hidden === isHidden) return;
    isHidden = hidden;
    for (const listener of listeners) listener(hidden);
  }

  function settle(shown: boolean): void {
    const settled = waiting;
    waiting = [];
    for (const resolve of settled) resolve(shown);
  }

  return {
    set(hidden) {
      become(hidden);
      if (!hidden) settle(true);
    },
    async whenShown(signal) {
      if (!isHidden) return true;
      return new Promise((resolve) => {
        waiting = [...waiting, resolve];
        signal?.addEventListener('abort', () => resolve(false), { once: true });
      });
    },
    pageReplaced() {
      become(false);
      settle(false);
    },
    onChange: (listener) => void listeners.push(listener),
  };
}
