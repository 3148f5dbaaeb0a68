/**
 * Nothing goes from the page to the clipboard by itself (H17): every copy, cut and drag is prevented here, and a copy is
 * asked of the main process, which records it first. Runs in the preload: its listeners are the first on the window and
 * live in a world of their own, so script of the page can neither remove them, nor come before them, nor give the event
 * data of its own. That covers the keys, the menus, and `document.execCommand`; the asynchronous Clipboard API is
 * refused as a permission.
 * `document.open()` removes even these: a page that calls it is ended.
 * Source: HTML, "document open steps"; W3C, "Clipboard API and events", the clipboard event's default action; Electron, "Context Isolation".
 */

export interface ClipboardChannel {
  /** Settles with true once the text is on the clipboard. */
  copy(text: string): Promise<boolean>;
  /** The document was written anew, and with it every listener is gone: only hostile script does that. */
  replaced(): void;
  /** Where selecting alone fills a clipboard (PRIMARY of X11 and Wayland): the text that is selected now. */
  selected?: (text: string) => void;
}

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
        // As a key would: what is deleted can be undone, and the page is told of it. There is no other way to both.
        if (copied && isUnchanged) document.execCommand('delete');
      });
    },
    { capture: true },
  );

  window.addEventListener('dragstart', stop, { capture: true });

  const { selected } = channel;
  new MutationObserver((changes) => {
    // Its first document comes from the parser, which removes nothing.
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
