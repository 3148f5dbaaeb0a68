import { beforeEach, describe, expect, test, vi } from 'vitest';
import { createLinkOpener, openSignInPage } from './external-links.ts';

const openExternal = vi.hoisted(() => vi.fn(async () => undefined));
vi.mock('electron', () => ({ shell: { openExternal } }));
beforeEach(() => openExternal.mockClear());

describe('a link of the page', () => {
  test('opens what the main process knows by its id, the local procedure of the policy too', async () => {
    const open = createLinkOpener('https://intranet.example.nhs.uk/safeguarding');
    await open('local-procedure');
    expect(openExternal).toHaveBeenLastCalledWith('https://intranet.example.nhs.uk/safeguarding');
    await open('find-childrens-services');
    expect(openExternal).toHaveBeenLastCalledWith('https://www.gov.uk/report-child-abuse-to-local-council');
  });

  test.each([undefined, 'http://intranet.example.nhs.uk/', 'file:///etc/passwd', 'ms-msdt:/id'])(
    'of a procedure that is %s opens nothing',
    async (address) => {
      await expect(createLinkOpener(address)('local-procedure')).rejects.toThrow('not a web page');
      expect(openExternal).not.toHaveBeenCalled();
    },
  );
});

describe('the sign-in page in the system’s browser', () => {
  test.each(['https://care-identity.example/authorize?x=1', 'http://127.0.0.1:1/authorize'])(
    '%s is opened',
    async (address) => {
      await openSignInPage(new URL(address));
      expect(openExternal).toHaveBeenCalledExactlyOnceWith(address);
    },
  );

  // The operating system would start any program that has registered the scheme.
  test.each([
    'http://care-identity.example/authorize',
    'ftp://127.0.0.1/authorize',
    'smb://127.0.0.1/share',
    'ms-msdt://127.0.0.1/x',
    'file://127.0.0.1/etc/passwd',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('%s is not', async (address) => {
    await expect(openSignInPage(new URL(address))).rejects.toThrow('not a web page');
    expect(openExternal).not.toHaveBeenCalled();
  });
});
