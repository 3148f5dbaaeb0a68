import {
  isRedirect,
  type SignInPage,
  type SignInReturn,
  type SignInUserAgent,
} from '../sign-in-user-agent.ts';

export interface Person {
  readonly userAgent: SignInUserAgent;
  /** The texts of the buttons to press at each page in turn; an empty list closes the window. */
  presses: readonly string[];
  /** Every authorisation request that was shown. */
  readonly seen: URL[];
  /** Called when a page is shown, before anything is pressed. */
  meanwhile: (page: SignInPage) => Promise<void> | void;
}

/**
 * For tests: a user at the sign-in page, who presses the given buttons. Stands in for the person and the browser, never
 * for the provider: the provider's pages come over HTTP, and the redirect is not followed.
 */
export function createPerson(...presses: readonly string[]): Person {
  const person: Person = {
    presses,
    seen: [],
    meanwhile: () => undefined,
    userAgent: async (page) => {
      person.seen.push(page.authorisationUrl);
      await person.meanwhile(page);
      if (page.signal.aborted) return { kind: 'closed' };
      return walk(page, person.presses);
    },
  };
  return person;
}

type Step =
  | { readonly kind: 'page'; readonly url: URL; readonly html: string }
  | { readonly kind: 'redirected'; readonly url: URL };

async function walk(
  { authorisationUrl, redirectUri }: SignInPage,
  presses: readonly string[],
): Promise<SignInReturn> {
  const cookies = new Map<string, string>();

  async function go(url: URL, form?: URLSearchParams): Promise<Step> {
    if (isRedirect(url, redirectUri)) return { kind: 'redirected', url };
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { method: 'POST', body: form }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') cookies.delete(name);
      else cookies.set(name, value);
    }
    const location = response.headers.get('location');
    return location === null
      ? { kind: 'page', url, html: await response.text() }
      : go(new URL(location, url));
  }

  let step = await go(authorisationUrl);
  for (const text of presses) {
    if (step.kind === 'redirected') break;
    step = await go(step.url, formFor(step.html, text));
  }
  return step.kind === 'redirected' ? { ...step, answeredBy: 'this-user' } : { kind: 'closed' };
}

function formFor(html: string, text: string): URLSearchParams {
  const buttons = html.matchAll(/<button name="([^"]*)" value="([^"]*)"[^>]*>([^<]*)<\/button>/g);
  const [, name = '', value = ''] = [...buttons].find(([, , , label]) => label === text) ?? [];
  if (name === '') throw new Error(`The page has no button "${text}"`);
  const hidden = html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g);
  const form = new URLSearchParams();
  for (const [, field = '', content = ''] of hidden) form.set(field, content);
  form.set(name, value);
  return form;
}
