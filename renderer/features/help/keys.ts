/** Every key of this application. */
export const keys = [
  ['F9', 'Hide the window at once, or show it again'],
  ['Ctrl + L', 'Lock: taking out your smartcard does not lock'],
  ['Ctrl + P', 'Print the result, where the site allows it'],
  ['Three digits or more', 'Outside a field: find the patient with this NHS number'],
  ['F1', 'Help'],
  ['Ctrl + Z, Ctrl + Y', 'In a field: undoes the last change, or makes it again'],
  ['Menu key, Shift + F10', 'In a field: Undo, Redo, Cut, Copy, Paste, Select all'],
  ['Tab, Shift + Tab, Enter, Space', 'Go through everything without a mouse'],
  ['Escape', 'Close a dialogue'],
  ['Ctrl + plus, Ctrl + minus', 'Make text larger or smaller'],
  ['Ctrl + 0', 'Reset text size'],
] as const;
