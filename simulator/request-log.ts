import type { IncomingMessage, ServerResponse } from 'node:http';

export type SimulatedServer = 'cis2' | 'platform';

interface LoggedRequest {
  readonly server: SimulatedServer;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** null while there is no answer, or when there never was one. */
  readonly status: number | null;
  readonly state: 'open' | 'answered' | 'broken-off';
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly authorization: 'bearer' | 'other' | 'none';
}

export interface RequestLog {
  readonly watch: (server: SimulatedServer, request: IncomingMessage, response: ServerResponse) => void;
  readonly all: () => readonly LoggedRequest[];
  readonly clear: () => void;
}

const shownHeaders = [
  'isunscheduledaccessevent',
  'traceid',
  'x-request-id',
  'x-correlation-id',
  'nhsd-session-urid',
  'nhsd-end-user-organisation-ods',
  'accept',
  'content-type',
  'origin',
  'user-agent',
] as const;

/** The parameters of an authorisation request that are the same for every user. */
const shownCis2Parameters: ReadonlySet<string> = new Set([
  'acr_values',
  'client_id',
  'code_challenge_method',
  'max_age',
  'prompt',
  'redirect_uri',
  'response_mode',
  'response_type',
  'scope',
  'ui_locales',
]);

/**
 * The requests without their secrets: the log holds no token, code, assertion, state or nonce, so it can be shown and
 * attached to a test report.
 */
export function createRequestLog(): RequestLog {
  let requests: readonly LoggedRequest[] = [];

  const replace = (before: LoggedRequest, after: LoggedRequest) => {
    requests = requests.map((request) => (request === before ? after : request));
  };

  return {
    watch: (server, request, response) => {
      const url = new URL(request.url ?? '/', 'http://127.0.0.1');
      const open: LoggedRequest = {
        server,
        method: request.method ?? '',
        path: server === 'cis2' ? withoutInteractionId(url.pathname) : url.pathname,
        query: shownQuery(server, url.searchParams),
        status: null,
        state: 'open',
        headers: shownHeadersOf(request),
        authorization: kindOfAuthorization(request.headers.authorization),
      };
      requests = [...requests, open];
      response.once('close', () => {
        const answered = response.writableFinished;
        replace(open, {
          ...open,
          status: response.headersSent ? response.statusCode : null,
          state: answered ? 'answered' : 'broken-off',
        });
      });
    },
    all: () => requests,
    clear: () => {
      requests = [];
    },
  };
}

/** The last segment of an interaction's path opens it, together with its cookie. */
function withoutInteractionId(path: string): string {
  return path.replace(/(\/(?:interaction|authorize))\/[^/]+$/, '$1/…');
}

function shownQuery(server: SimulatedServer, parameters: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...parameters].map(([name, value]) => [
      name,
      server === 'platform' || shownCis2Parameters.has(name) ? value : 'redacted',
    ]),
  );
}

function shownHeadersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  return Object.fromEntries(
    shownHeaders.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]];
    }),
  );
}

function kindOfAuthorization(header: string | undefined): LoggedRequest['authorization'] {
  if (header === undefined) return 'none';
  return /^bearer\s/i.test(header) ? 'bearer' : 'other';
}
