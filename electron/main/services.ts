import { randomUUID } from 'node:crypto';
import type { BrowserWindow, Session as ElectronSession } from 'electron';
import type { ClinicListView } from '../../shared/clinic-list.ts';
import type { CopyOutcome } from '../../shared/copy-outcome.ts';
import type { LaunchView } from '../../shared/launch.ts';
import type { Policy } from '../../shared/policy.ts';
import { ofThisComputer } from '../../shared/taken-time.ts';
import type { Audit } from '../audit/audit.ts';
import type { Forwarder } from '../audit/forward/forwarder.ts';
import type { LastRun } from '../audit/last-run.ts';
import { type ClinicList, createClinicList } from '../clinical/clinic-list/clinic-list.ts';
import { createPatientLookup, type EarlierSession, type PatientLookup } from '../clinical/patient-lookup.ts';
import type { RecordedRequestsDependencies } from '../clinical/recorded-requests.ts';
import { wait } from '../clinical/service/transport.ts';
import { type CheckWaits, createCheckWaits } from '../diagnostics/check-waits.ts';
import type { Log } from '../diagnostics/log.ts';
import { newReference } from '../diagnostics/reference.ts';
import { createLazyRecordSystems } from '../identity/lazy-record-systems.ts';
import type { Session } from '../identity/session.ts';
import type { SignInUserAgent } from '../identity/sign-in-user-agent.ts';
import { createSignInWindow } from '../identity/sign-in-window.ts';
import { createSystemBrowserUserAgent } from '../identity/system-browser.ts';
import { createUserSession, type UserSession } from '../identity/user-session.ts';
import { createPendingLaunch, type PendingLaunch } from '../launch/pending-launch.ts';
import { readRecordSystemAnswer } from '../launch/record-system-answer.ts';
import { createRedeemer } from '../launch/redeem-code.ts';
import type { ClockSkew } from '../network/clock-skew.ts';
import type { ProxyLogin } from '../network/proxy-login.ts';
import type { CertificateIssuers } from '../security/certificate-issuers.ts';
import { openSignInPage } from '../security/external-links.ts';
import { viewerOrigin } from '../security/viewer-scheme.ts';
import type { Environment } from '../settings/environment.ts';
import { createViewerClipboard, type ViewerClipboard } from '../window/clipboard.ts';
import { confirmUser } from '../window/confirm-user.ts';
import type { HiddenScreen } from '../window/hidden-screen.ts';
import { createSystemClipboard } from '../window/system-clipboard.ts';
import type { UserGesture } from '../window/user-gesture.ts';
import { createApiNetwork } from './api-network.ts';
import { openAudit } from './audit-trail.ts';
import { checkSigningKeysAgain } from './check-signing-keys.ts';
import { keepReady } from './keep-ready.ts';
import { createOpenConnections } from './open-connections.ts';
import { createSiteSigners, type SiteSigners } from './site-signers.ts';
import { uptimeMs } from './uptime.ts';

export interface Services {
  readonly environment: Environment;
  /** Prepares the next sign-in from now on, where the policy allows it. Returns the function that stops it. */
  readonly keepReady: () => () => void;
  readonly signers: SiteSigners;
  readonly session: Session;
  readonly logout: UserSession['logout'];
  readonly audit: Audit;
  readonly forwarder: Forwarder | undefined;
  readonly lookup: PatientLookup;
  readonly clinicList: ClinicList;
  readonly checkWaits: CheckWaits;
  readonly clipboard: ViewerClipboard;
  readonly lastRun: LastRun;
  readonly launches: PendingLaunch;
  readonly apiSession: () => ElectronSession;
  readonly certificateIssuers: CertificateIssuers;
  readonly clockSkew: ClockSkew;
  readonly proxyLogIn: ProxyLogin;
}

export interface ServicesDependencies {
  readonly environment: Environment;
  readonly policy: Policy;
  readonly window: BrowserWindow;
  readonly gesture: Pick<UserGesture, 'take'>;
  readonly hiddenScreen: HiddenScreen;
  readonly log: Log;
  readonly onLaunch: (view: LaunchView) => void;
  readonly onClinicList: (view: ClinicListView | undefined) => void;
  readonly onCopy: (outcome: CopyOutcome) => void;
}

/**
 * Creates the services of a viewer with an environment: network, sign-in, audit trail, patient lookup, clipboard and
 * launches. `run.ts` imports this module, which `main.ts` imports lazily, so that none of it delays the first paint.
 */
export function createServices(dependencies: ServicesDependencies): Services {
  const { environment, policy, window, gesture, hiddenScreen, log, onLaunch, onClinicList, onCopy } =
    dependencies;
  const timeoutMs = environment.timeoutSeconds * 1_000;
  const now = () => new Date();

  const { network, clockSkew, apiSession, certificateIssuers, proxyLogIn } = createApiNetwork(
    environment,
    now,
  );

  const signers = createSiteSigners(environment, { network, clockSkew, now });
  const userAgentFor = createUserAgents({ timeoutMs, policy, window, proxyLogIn, certificateIssuers });
  const askUser = userAgentFor(environment.cis2);
  const prefetches = policy.prefetch !== false;
  const openConnections = createOpenConnections(environment, network, timeoutMs);
  const { session, logout, prepare } = createUserSession({
    environment,
    network,
    clockSkew,
    userAgent: async (page) => {
      if (!prefetches) return askUser(page);
      void prepare();
      void checkSigningKeysAgain({ signers, log });
      openConnections();
      const returned = await askUser(page);
      // The user may have stayed at the page for longer than a service keeps a connection.
      if (returned.kind === 'redirected') openConnections();
      return returned;
    },
    confirmUser: (name, signal) => confirmUser(window, hiddenScreen, name, signal),
    signers,
    now,
    uptimeMs,
    onLogoutFailure: ({ step, result }) => log.write({ event: 'logout', step, result }),
  });

  const { audit, forwarder, lastRun } = openAudit({ settings: environment.audit, actor: session.actor, log });
  const clipboard = createViewerClipboard({
    system: createSystemClipboard(process.platform),
    audit,
    newReference,
    pageOrigin: viewerOrigin,
    onCopy,
  });
  const servicesTime = (skewSeconds: number) => new Date(now().getTime() + skewSeconds * 1_000);
  const requests: RecordedRequestsDependencies = {
    fetch: session.authorisedFetch,
    environment,
    // H20: a plan's status depends on the date of the services, because the clock of a workstation can be wrong.
    now: () => servicesTime(clockSkew.seconds()),
    doubtedNow() {
      const seconds = clockSkew.doubtedSeconds();
      return seconds === undefined ? undefined : servicesTime(seconds);
    },
    newId: randomUUID,
    wait,
    random: Math.random,
    userRole: session.role,
    permissions: session.permissions,
    audit,
  };
  const patientLookup = createPatientLookup({
    ...requests,
    user: () => {
      const view = session.view();
      return view.state === 'signed-in' ? view.user : undefined;
    },
    userId: () => session.actor()?.userId,
    earlierSession: describeEarlierSession(lastRun),
    gesture,
    // H17: a number of the last patient must not be dialled for this one.
    onPatientChange: () => void clipboard.forget(),
  });
  const checkWaits = createCheckWaits(now, () => performance.now());
  const lookup: PatientLookup = {
    ...patientLookup,
    check: (request) => checkWaits.measure(() => patientLookup.check(request)),
  };

  const redeemCode = createRedeemer({
    settings: environment.launch,
    network,
    timeoutMs,
    newId: newReference,
  });
  const askRecordSystem = createLazyRecordSystems({
    recordSystems: environment.launch.recordSystems,
    userAgentFor: ({ surface, hosts }) => userAgentFor({ surface, signInHosts: hosts }),
    network,
    clockSkew,
    timeoutMs,
  });
  const clinicList = createClinicList({
    ...requests,
    lookup,
    requestsPerSecond: policy.clinicListRequestsPerSecond ?? 1,
    monotonicMs: () => performance.now(),
    onChange: onClinicList,
    onClosed: () => void clipboard.forget(), // H17
  });

  const launches = createPendingLaunch({
    now,
    newId: newReference,
    userId: () => session.actor()?.userId,
    lastUserId: session.lastUserId,
    openPatient: lookup.openPatient,
    organisation: () => session.role()?.organisationCode,
    codesOnly: policy.launchCodesOnly ?? false,
    redeem: (link, signal) =>
      link.kind === 'code'
        ? redeemCode(link, signal)
        : askRecordSystem(link, signal).then((answer) => readRecordSystemAnswer(answer, newReference)),
    trace: ({ nhsNumber, birthDate }) => lookup.trace({ nhsNumber }, { bornOn: birthDate }),
    onChange: onLaunch,
  });

  return {
    environment,
    keepReady: () => (prefetches ? keepReady({ prepare, random: Math.random, after }) : () => undefined),
    signers,
    session,
    logout,
    audit,
    forwarder,
    lastRun,
    lookup,
    clinicList,
    checkWaits,
    clipboard,
    launches,
    apiSession,
    certificateIssuers,
    clockSkew,
    proxyLogIn,
  };
}

function describeEarlierSession({ interrupted }: LastRun): EarlierSession | undefined {
  if (interrupted?.notifiedAt === undefined) return undefined;
  return { userId: interrupted.actor.userId, notifiedAt: ofThisComputer(interrupted.notifiedAt) };
}

function after(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}

/** For Care Identity, and for a record system that speaks SMART App Launch. */
function createUserAgents({
  timeoutMs,
  policy,
  window,
  proxyLogIn,
  certificateIssuers,
}: { readonly timeoutMs: number } & Pick<ServicesDependencies, 'policy' | 'window'> &
  Pick<Services, 'proxyLogIn' | 'certificateIssuers'>) {
  return ({
    surface,
    signInHosts,
  }: Pick<Environment['cis2'], 'surface' | 'signInHosts'>): SignInUserAgent => {
    switch (surface) {
      case 'window':
        return createSignInWindow({
          parent: () => (window.isDestroyed() ? undefined : window),
          signInHosts,
          contentProtection: policy.contentProtection ?? false,
          proxyLogIn,
          certificateIssuers,
          timeoutMs,
        });
      case 'system-browser':
        return createSystemBrowserUserAgent({ openPage: openSignInPage });
    }
  };
}
