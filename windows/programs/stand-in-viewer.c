/*
 * Stands in for the viewer under a test installer: runs until the file whose name is its first word is beside it, or, without
 * a word, until it is killed. Writes "running" first.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, wchar_t **words) {
  wchar_t file[MAX_PATH];
  GetModuleFileNameW(NULL, file, MAX_PATH);
  puts("running");
  fflush(stdout);
  if (count < 2) Sleep(INFINITE);
  wcscpy(wcsrchr(file, L'\\') + 1, words[1]);
  while (GetFileAttributesW(file) == INVALID_FILE_ATTRIBUTES) Sleep(50);
  return 0;
}
