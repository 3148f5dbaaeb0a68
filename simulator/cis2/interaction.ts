/** What the user's clicks on the pages mean: another page, a sign-in, or a cancellation. */
import type { InteractionResults } from 'oidc-provider';
import { type SimulatedUser, users } from '../users.ts';
import { logInPage, type Page, rolePage } from './pages.ts';

export type Step =
  | { readonly kind: 'page'; readonly page: Page }
  | { readonly kind: 'finished'; readonly result: InteractionResults };

export interface Interaction {
  readonly redirectUri: string;
  /** What the application asked for in `acr_values`. */
  readonly acrValues: string | undefined;
}

/** `fields` come from the form, or from the query where the page is requested again. */
export function nextStep(interaction: Interaction, fields: URLSearchParams): Step {
  const { redirectUri } = interaction;
  if (fields.has('cancel')) {
    return {
      kind: 'finished',
      result: { error: 'access_denied', error_description: 'Resource Owner did not authorize the request' },
    };
  }
  const user = users.find(({ key }) => key === fields.get('user'));
  if (user === undefined) return { kind: 'page', page: logInPage(users, redirectUri) };
  const chosen = chosenRole(user, fields.get('role'));
  return chosen.kind === 'undecided'
    ? { kind: 'page', page: rolePage(user, fields.get('search') ?? '', redirectUri) }
    : { kind: 'finished', result: signedIn(user, chosen.roleId, interaction) };
}

type Choice =
  | { readonly kind: 'undecided' }
  | { readonly kind: 'decided'; readonly roleId: string | undefined };

/** CIS2 asks for a role where the user has two or more, except for users whose sign-in is meant to fail. */
function chosenRole(user: SimulatedUser, asked: string | null): Choice {
  switch (user.selectedRole) {
    case 'missing':
      return { kind: 'decided', roleId: undefined };
    case 'empty':
      return { kind: 'decided', roleId: '' };
    case 'foreign':
      return { kind: 'decided', roleId: '555000000000' };
    case 'chosen': {
      const [first, ...others] = user.roles;
      const role =
        others.length === 0 ? first : user.roles.find(({ personRoleId }) => personRoleId === asked);
      return role === undefined ? { kind: 'undecided' } : { kind: 'decided', roleId: role.personRoleId };
    }
  }
}

function signedIn(
  user: SimulatedUser,
  roleId: string | undefined,
  { acrValues }: Interaction,
): InteractionResults {
  const acr = acrValues?.split(' ')[0];
  return {
    login: { accountId: user.userId, amr: [user.amr], ...(acr === undefined ? {} : { acr }) },
    role: { id: roleId },
  };
}
