import { EventEmitter } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import { describePlace, handleUnexpectedErrors } from './unexpected-error.ts';

function thrownIn(message: string): Error {
  const error = new TypeError(message);
  error.stack = `TypeError: ${message}\n    at ask (file:///opt/app/main.js:12:34)\n    at main.js:1:1`;
  return error;
}

describe('the place of an error', () => {
  test('is its name, and the file, line and column of the first frame', () => {
    expect(describePlace(thrownIn('no window'))).toBe('TypeError at main.js:12:34');
    expect(describePlace(new RangeError('here'))).toMatch(
      /^RangeError at unexpected-error\.test\.ts:\d+:\d+$/,
    );
  });

  test.each(['No record of 999 000 0018', 'line\n    at Testpatient (9990000018:1:1)\n', ''])(
    'H10: holds nothing of the message %j',
    (message) => {
      expect(describePlace(thrownIn(message))).toBe('TypeError at main.js:12:34');
    },
  );

  test.each([['text'], [undefined], [null], [{ stack: '    at 9990000018:1:1' }]])(
    'of %j is not known',
    (value) => expect(describePlace(value)).toBe('a value that is no error'),
  );
});

describe('an error that nothing caught', () => {
  const handlers = () => ({ end: vi.fn(), report: vi.fn(), exit: vi.fn() });

  test('ends the viewer once, and the process where another follows', () => {
    const source = new EventEmitter();
    const atStart = handlers();
    handleUnexpectedErrors(source, atStart);
    source.emit('uncaughtException', thrownIn('a'));
    expect([atStart.end.mock.calls, atStart.exit.mock.calls]).toEqual([[['TypeError at main.js:12:34']], []]);
    source.emit('uncaughtException', thrownIn('b'));
    expect([atStart.end.mock.calls.length, atStart.exit.mock.calls.length]).toEqual([1, 1]);
  });

  test('is handled by the services once they are there', () => {
    const source = new EventEmitter();
    const [atStart, later] = [handlers(), handlers()];
    handleUnexpectedErrors(source, atStart)(later);
    source.emit('unhandledRejection', thrownIn('a'));
    source.emit('uncaughtException', thrownIn('a'));
    expect(atStart.end).not.toHaveBeenCalled();
    expect([later.end.mock.calls.length, later.report.mock.calls.length]).toEqual([1, 1]);
  });
});
