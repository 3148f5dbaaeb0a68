/** The part of Koa's context that the simulator uses; oidc-provider adds its own part while one of its routes runs. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KoaContextWithOIDC } from 'oidc-provider';

export interface Context {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly method: string;
  path: string;
  readonly query: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly querystring: string;
  status: number;
  type: string;
  body: unknown;
  respond?: boolean | undefined;
  readonly set: {
    (fields: Record<string, string>): void;
    (name: string, value: string): void;
  };
  readonly redirect: (location: string) => void;
}

type OidcPart = Pick<KoaContextWithOIDC, 'oidc'>;

/** Whether a route of oidc-provider runs. */
export function hasOidc(ctx: Context): ctx is Context & OidcPart {
  return 'oidc' in ctx && ctx.oidc !== undefined;
}
