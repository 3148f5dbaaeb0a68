interface Button {
  readonly name: string;
  readonly value: string;
  readonly text: string;
}

export type PageState =
  | {
      readonly kind: 'page';
      readonly url: string;
      readonly status: number;
      readonly headers: Headers;
      readonly html: string;
      readonly buttons: readonly Button[];
    }
  /** The redirect to the application, which is never requested. */
  | { readonly kind: 'callback'; readonly url: URL };

export interface Browser {
  readonly open: (url: string) => Promise<PageState>;
  /** Clicks the button with this text on the page. */
  readonly click: (page: PageState, text: string) => Promise<PageState>;
}

/** A browser for tests: keeps cookies, follows redirects up to the application's address, reads buttons. */
export function createBrowser(redirectUri: string): Browser {
  const cookies = new Map<string, { readonly value: string; readonly path: string }>();

  const go = async (url: string, init: RequestInit): Promise<PageState> => {
    const { pathname } = new URL(url);
    const cookie = [...cookies]
      .filter(([, { path }]) => pathname.startsWith(path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { accept: 'text/html', cookie },
    });
    for (const line of response.headers.getSetCookie()) keep(line);
    const location = response.headers.get('location');
    if (location === null) return pageOf(url, response);
    const next = new URL(location, url);
    return next.href.startsWith(redirectUri)
      ? { kind: 'callback', url: next }
      : go(next.href, { method: 'GET' });
  };

  const keep = (line: string): void => {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const path = attributes.find((each) => each.startsWith('path='))?.slice(5) ?? '/';
    const value = pair.slice(at + 1);
    if (value === '') cookies.delete(pair.slice(0, at));
    else cookies.set(pair.slice(0, at), { value, path });
  };

  return {
    open: (url) => go(url, { method: 'GET' }),
    click: (page, text) => {
      if (page.kind !== 'page') throw new Error('There is no page any more');
      const button = page.buttons.find((each) => each.text === text);
      if (button === undefined) throw new Error(`No button "${text}" at ${page.url}`);
      const hidden = [...page.html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
      const body = new URLSearchParams(
        hidden.map(([, name = '', value = '']): [string, string] => [name, value]),
      );
      body.set(button.name, button.value);
      return go(page.url, { method: 'POST', body });
    },
  };
}

async function pageOf(url: string, response: Response): Promise<PageState> {
  const html = await response.text();
  const buttons = [...html.matchAll(/<button name="([^"]*)" value="([^"]*)"[^>]*>([^<]*)<\/button>/g)];
  return {
    kind: 'page',
    url,
    status: response.status,
    headers: response.headers,
    html,
    buttons: buttons.map(([, name = '', value = '', text = '']) => ({ name, value, text })),
  };
}
