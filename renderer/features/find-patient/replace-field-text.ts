import { ask } from '../../bridge.ts';

/**
 * Replaces the whole text of a field as typing does (H3). Chromium's undo does not know of a text that a script has set: it would
 * put removed digits back beside it, and show a number that was never in the field.
 * Source: W3C, `execCommand`, "The insertText command"; no newer API adds to the undo stack.
 */
export function replaceFieldText(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  if (field.value === text) return;
  field.focus();
  // On Linux that fills PRIMARY (H17). No event tells of it: nothing is selected any more when `selectionchange` comes.
  if (field.value !== '') void ask('clipboard.selected', { text: field.value });
  field.select();
  document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
}
