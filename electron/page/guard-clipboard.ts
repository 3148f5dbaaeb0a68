export interface ClipboardChannel {
  /** Settles with true once the text is on the clipboard. */
  copy(text: string): Promise<boolean>;
  /** The document was written anew, which removed every listener: only a hostile script does that. */
  replaced(): void;
  /** The selected text, on systems where selecting fills a clipboard (PRIMARY of X11 and Wayland). */
  selected?: (text: string) => void;
}

/**
 * Prevents every copy, cut and drag of the page, and asks the main process to copy instead, which records the copy first
 * (H17). Runs in the preload: its listeners are the first on the window and live in an isolated world, so a script of the
 * page can neither remove them, nor run before them, nor set the event's data. This includes keys, menus and
 * `document.execCommand`; the session refuses the permissions of the asynchronous Clipboard API.
 * `document.open()` removes even these listeners, so the main process ends a page that calls it.
 * Source: HTML, "document open steps"; W3C, "Clipboard API and events", the clipboard event's default action; Electron,
 * "Context Isolation".
 */
export function guardClipboard(channel: ClipboardChannel): void {
  window.addEventListener(
    'copy',
    (event) => {
      stop(event);
      const text = selectedText();
      if (text !== '') void channel.copy(text);
    },
    { capture: true },
  );

  window.addEventListener(
    'cut',
    (event) => {
      stop(event);
      const field = focusedField();
      const text = selectedText();
      if (field === undefined || text === '') return;
      const { value, selectionStart } = field;
      void channel.copy(text).then((copied) => {
        const isUnchanged =
          field === focusedField() && field.value === value && field.selectionStart === selectionStart;
        // Deletes as a key does: the user can undo it and the page gets its input event. No other API does both.
        if (copied && isUnchanged) document.execCommand('delete');
      });
    },
    { capture: true },
  );

  window.addEventListener('dragstart', stop, { capture: true });

  const { selected } = channel;
  new MutationObserver((changes) => {
    // The parser makes the first document and removes nothing.
    if (changes.every(({ removedNodes }) => removedNodes.length === 0)) return;
    const text = selectedText();
    if (text !== '') selected?.(text);
    channel.replaced();
  }).observe(document, { childList: true });
  if (selected === undefined) return;
  window.addEventListener(
    'selectionchange',
    () => {
      const text = selectedText();
      if (text !== '') selected(text);
    },
    { capture: true },
  );
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The field that holds the focus, if text can be selected in it. */
function focusedField(): Field | undefined {
  const { activeElement } = document;
  const isField = activeElement instanceof HTMLInputElement || activeElement instanceof HTMLTextAreaElement;
  return isField && activeElement.selectionStart !== null ? activeElement : undefined;
}

function selectedText(): string {
  const field = focusedField();
  if (field === undefined) return String(document.getSelection() ?? '');
  return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0);
}
