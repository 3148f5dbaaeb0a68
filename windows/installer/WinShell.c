/*
 * Stands in for the NSIS plug-in WinShell, which removes entries of the taskbar: takes its argument off the stack, and does
 * nothing. Source: NSIS, "Plug-in API".
 */
#include <windows.h>

typedef struct Entry {
  struct Entry *next;
  wchar_t text[1];
} Entry;

static void dropArgument(Entry **stack) {
  Entry *entry = *stack;
  if (entry == NULL) return;
  *stack = entry->next;
  GlobalFree(entry);
}

__declspec(dllexport) void UninstAppUserModelId(HWND parent, int size, wchar_t *variables, Entry **stack) {
  (void)parent, (void)size, (void)variables;
  dropArgument(stack);
}
