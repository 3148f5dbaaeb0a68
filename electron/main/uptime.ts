import { uptime } from 'node:os';

/**
 * Milliseconds since the computer was started. They go on while it sleeps, which `performance.now()` does not on Linux, and
 * do not move where the clock is set; on macOS they are whole seconds. Sources: libuv, `uv_uptime`: on Linux `/proc/uptime`
 * or `CLOCK_BOOTTIME`, on Windows `GetTickCount64`, on macOS the clock less `kern.boottime`. Microsoft, "Windows Time": the
 * count "includes time the system spends in sleep or hibernation". XNU, `clock_set_calendar_microtime`: it moves the boot
 * time by as much as the clock.
 */
export function uptimeMs(): number {
  return uptime() * 1_000;
}
