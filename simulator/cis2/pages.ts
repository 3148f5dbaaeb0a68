/**
 * The pages that a user sees at Care Identity: plain HTML, keyboard and screen reader friendly, no script, nothing
 * loaded from anywhere.
 */
import { createHash } from 'node:crypto';
import { roleLabel, type SimulatedRole, type SimulatedUser } from '../users.ts';

const styles = `
body { margin: 2rem auto; max-width: 40rem; padding: 0 1rem; font: 1.1875rem/1.4 Arial, sans-serif; color: #212b32; background: #f0f4f5; }
h1 { font-size: 1.75rem; }
ul { list-style: none; padding: 0; }
li { margin: 0 0 .75rem; }
button { font: inherit; padding: .5rem 1rem; border: 2px solid #005eb8; border-radius: 4px; background: #fff; color: #005eb8; cursor: pointer; }
button:focus-visible, input:focus-visible { outline: 4px solid #ffeb3b; outline-offset: 0; background: #ffeb3b; color: #212b32; }
input { font: inherit; padding: .4rem; border: 2px solid #4c6272; }
.hint { display: block; color: #4c6272; }
`;

const styleHash = createHash('sha256').update(styles).digest('base64');

export interface Page {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Chromium applies `form-action` to the redirects after a form too, so the application's own address is in it. */
function page(title: string, main: string, redirectUri: string | undefined): Page {
  const formTargets = ["'self'", ...(redirectUri === undefined ? [] : [new URL(redirectUri).origin])];
  return {
    html: `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} - Care Identity (simulated)</title><style>${styles}</style></head>
<body><main>
<p>Care Identity (simulated)</p>
<h1>${escapeHtml(title)}</h1>
${main}
</main></body></html>
`,
    headers: {
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; form-action ${formTargets.join(' ')}; frame-ancestors 'none'; base-uri 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    },
  };
}

const cancelButton = '<p><button name="cancel" value="yes">Cancel</button></p>';

/** A button for each user, and Cancel. */
export function logInPage(users: readonly SimulatedUser[], redirectUri: string): Page {
  const items = users.map(
    (user, index) =>
      `<li><button name="user" value="${escapeHtml(user.key)}" aria-describedby="about-${index}">${escapeHtml(user.name)}</button> <span class="hint" id="about-${index}">${escapeHtml(user.description)}</span></li>`,
  );
  return page(
    'Log in',
    `<p>Every user here is synthetic.</p>
<form method="post"><ul>${items.join('\n')}</ul>${cancelButton}</form>`,
    redirectUri,
  );
}

/** CIS2 lists up to five roles, and offers a search for more. */
const mostRolesWithoutSearch = 5;

/** The roles of which `search` is a part, whatever the case; all for the empty text. */
export function rolePage(user: SimulatedUser, search: string, redirectUri: string): Page {
  const found = user.roles.filter((role) =>
    roleLabel(role).toLowerCase().includes(search.trim().toLowerCase()),
  );
  const searchForm = `<form method="get"><input type="hidden" name="user" value="${escapeHtml(user.key)}">
<p><label for="search">Search your roles</label> <input id="search" name="search" value="${escapeHtml(search)}"> <button>Search</button></p></form>`;
  return page(
    'Choose your role',
    `${user.roles.length > mostRolesWithoutSearch ? searchForm : ''}
<form method="post"><input type="hidden" name="user" value="${escapeHtml(user.key)}">
<ul>${found.map(roleItem).join('\n')}</ul>${found.length === 0 ? '<p>No role matches.</p>' : ''}${cancelButton}</form>`,
    redirectUri,
  );
}

function roleItem(role: SimulatedRole): string {
  return `<li><button name="role" value="${escapeHtml(role.personRoleId)}">${escapeHtml(roleLabel(role))}</button></li>`;
}

/** The page for an error before the application to redirect to is known. */
export function problemPage(): Page {
  return page(
    'Sorry, there is a problem',
    '<p>This sign-in cannot go on. Close this window and start again.</p>',
    undefined,
  );
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
