/*
 * Starts a program as Windows' own shell can start a program with windows, and ends with its exit code:
 *
 *     start-program.exe without-handles|console <file for what a console shows> <command line>
 *
 * `without-handles`: no console and no standard handles, as from the desktop. `console`: a new console, whose screen is
 * written to the file when the program has ended.
 */
#include <stdio.h>
#include <wchar.h>
#include <windows.h>

static int run(wchar_t *commandLine, DWORD flags, STARTUPINFOW *startup) {
  PROCESS_INFORMATION started;
  if (!CreateProcessW(NULL, commandLine, NULL, NULL, TRUE, flags, NULL, NULL, startup, &started)) return 250;
  WaitForSingleObject(started.hProcess, INFINITE);
  DWORD exitCode = 251;
  GetExitCodeProcess(started.hProcess, &exitCode);
  return (int)exitCode;
}

static HANDLE openConsole(const wchar_t *name) {
  SECURITY_ATTRIBUTES inheritable = {sizeof inheritable, NULL, TRUE};
  return CreateFileW(name, GENERIC_READ | GENERIC_WRITE, FILE_SHARE_READ | FILE_SHARE_WRITE, &inheritable,
                     OPEN_EXISTING, 0, NULL);
}

/* The lines of the console's screen, without the blanks behind them, in UTF-8. */
static int writeScreen(HANDLE screen, const wchar_t *fileName) {
  CONSOLE_SCREEN_BUFFER_INFO info;
  if (!GetConsoleScreenBufferInfo(screen, &info)) return 1;
  FILE *out = _wfopen(fileName, L"wb");
  if (out == NULL) return 1;
  for (SHORT row = 0; row <= info.dwCursorPosition.Y; row++) {
    wchar_t line[512];
    DWORD length = 0;
    COORD from = {0, row};
    ReadConsoleOutputCharacterW(screen, line, info.dwSize.X < 512 ? info.dwSize.X : 512, from, &length);
    while (length > 0 && line[length - 1] == L' ') length--;
    char bytes[2048];
    int size = WideCharToMultiByte(CP_UTF8, 0, line, (int)length, bytes, sizeof bytes, NULL, NULL);
    fwrite(bytes, 1, size, out);
    fputc('\n', out);
  }
  fclose(out);
  return 0;
}

int wmain(int count, wchar_t **words) {
  if (count != 4) return 252;
  STARTUPINFOW startup = {.cb = sizeof startup, .dwFlags = STARTF_USESTDHANDLES};
  FreeConsole();
  if (wcscmp(words[1], L"without-handles") == 0) {
    return run(words[3], DETACHED_PROCESS, &startup);
  }
  if (!AllocConsole()) return 253;
  HANDLE screen = openConsole(L"CONOUT$");
  startup.hStdInput = openConsole(L"CONIN$");
  startup.hStdOutput = startup.hStdError = screen;
  int exitCode = run(words[3], 0, &startup);
  return writeScreen(screen, words[2]) == 0 ? exitCode : 254;
}
