/*
 * Holds a file open as a virus scanner, a backup program or an editor does:
 *
 *     hold-file.exe <file> none|read|write|all [<milliseconds>]
 *
 * The second word says what other programs may do meanwhile: nothing, read, read and
 * write, or all of it, to rename it too. Writes "held" and holds the file for so
 * long, or until its standard input ends.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

int wmain(int count, wchar_t **words) {
  if (count != 3 && count != 4) return 2;
  DWORD share = 0;
  if (wcscmp(words[2], L"read") == 0) share = FILE_SHARE_READ;
  if (wcscmp(words[2], L"write") == 0) share = FILE_SHARE_READ | FILE_SHARE_WRITE;
  if (wcscmp(words[2], L"all") == 0) share = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  HANDLE file = CreateFileW(words[1], GENERIC_READ, share, NULL, OPEN_EXISTING, FILE_ATTRIBUTE_NORMAL, NULL);
  if (file == INVALID_HANDLE_VALUE) {
    fprintf(stderr, "error %lu\n", GetLastError());
    return 1;
  }
  puts("held");
  fflush(stdout);
  if (count == 4) Sleep(wcstoul(words[3], NULL, 10));
  else {
    while (getchar() != EOF) {
    }
  }
  CloseHandle(file);
  return 0;
}
