/**
 * Settings of V8 with which a viewer takes less memory, measured in docs/performance.md. Text and tables need no optimising
 * compilers, whose own code would come into the memory of each process; V8's quick compiler, Sparkplug, stays.
 * Sources: V8, `flag-definitions.h` and `new-spaces.cc`; Node, `v8.setFlagsFromString`.
 */
import { setFlagsFromString } from 'node:v8';
import type { App } from 'electron';

const withoutOptimisers = ['--no-turbofan', '--no-maglev'];

/** For this process and, once the app is ready, for every page. Not for a command, which may read a million entries. */
export function takeLessMemory({ commandLine }: Pick<App, 'commandLine'>): void {
  commandLine.appendSwitch('js-flags', [...withoutOptimisers, '--optimize-for-size'].join(' '));
  // New objects are collected before they fill another megabyte. V8 has already read its other limits here.
  for (const flag of [...withoutOptimisers, '--semi-space-growth-factor=1']) setFlagsFromString(flag);
}
