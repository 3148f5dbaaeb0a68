import { app, net } from 'electron';
import { createClockSkew } from '../network/clock-skew.ts';
import { createNetwork } from '../network/network.ts';
import type { ProxyLogin } from '../network/proxy-login.ts';
import { createSessionRequest } from '../network/session-request.ts';
import { createUpdateSession } from '../security/sessions.ts';
import type { UpdateState } from './update-state.ts';
import { createUpdates } from './updates.ts';

const betweenChecksMs = 4 * 3_600_000;

export interface UpdateOptions {
  readonly folder: URL;
  readonly publicKey: string;
  readonly proxyLogIn: ProxyLogin;
  readonly onChange: (state: UpdateState) => void;
  readonly report: (reason: string) => string;
}

/** Checks for new versions over a session of its own, now and every few hours. */
export function startUpdates({ folder, proxyLogIn, ...options }: UpdateOptions): void {
  const session = createUpdateSession(folder);
  const { request } = createNetwork({
    fetch: createSessionRequest({ open: (options) => net.request({ ...options, session }), proxyLogIn }),
    now: () => new Date(),
    clockSkew: createClockSkew(new Set()),
  });
  const updates = createUpdates({
    ...options,
    folder,
    version: app.getVersion(),
    request,
    now: () => new Date(),
  });
  void updates.check();
  setInterval(() => void updates.check(), betweenChecksMs);
}
