import { EventEmitter } from 'node:events';
import type { App } from 'electron';
import { expect, test } from 'vitest';
import { findLaunchLinks, openLaunchLinkQueue } from './launch-link-queue.ts';

test.each([
  [['cpis-viewer:launch?code=1'], ['cpis-viewer:launch?code=1']],
  [['CPIS-Viewer://launch'], ['CPIS-Viewer://launch']],
  [['--launch=cpis-viewer:launch?code=1', '--force-renderer-accessibility'], ['cpis-viewer:launch?code=1']],
  [['--launch='], ['']],
  [['/app', 'audit', '--launch', 'https://example.org', 'cpis-viewer'], []],
])('%j', (args, links) => expect(findLaunchLinks(args)).toEqual(links));

test('links wait for a reader, from every way in', () => {
  const events = new EventEmitter();
  // An emitter has the members of Electron's app that the queue uses.
  const queue = openLaunchLinkQueue(events as unknown as Pick<App, 'on'>, ['cpis-viewer:first']);
  events.emit('open-url', { preventDefault: () => undefined }, 'cpis-viewer:second');
  const read: string[] = [];
  queue.deliver((link) => read.push(link));
  events.emit('second-instance', {}, ['/usr/bin/cpis-viewer', '--some-switch', 'cpis-viewer:third']);
  expect(read).toEqual(['cpis-viewer:first', 'cpis-viewer:second', 'cpis-viewer:third']);
});
