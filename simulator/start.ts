import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { calendarOf } from './calendar.ts';
import { createKeyring } from './cis2/keyring.ts';
import { type Cis2Options, careIdentity } from './cis2/options.ts';
import { createControl } from './control.ts';
import { createCpis } from './cp-is/cp-is.ts';
import { createHistories } from './cp-is/histories.ts';
import { createNotifications } from './cp-is/notifications.ts';
import { createPatientFlags } from './cp-is/patient-flags.ts';
import { createEnvironment, type EnvironmentJson } from './environment.ts';
import { createFaults } from './faults/faults.ts';
import { listenOnLoopback } from './http-server.ts';
import { createRsaKey, publicJwk } from './keys.ts';
import { createPatients, type PatientSummary, summarisePatient } from './patients.ts';
import { createPds } from './pds/pds.ts';
import { createAccessTokens } from './platform/access-tokens.ts';
import { createIssuedTokens } from './platform/issued-tokens.ts';
import { createPlatform, platformPaths } from './platform/platform.ts';
import { createPlatformToken } from './platform/token-endpoint.ts';
import { createRequestLog, type SimulatedServer } from './request-log.ts';
import { createSettings, type SettingsChange } from './settings.ts';

export interface SimulatorOptions {
  /** By default free ports. */
  readonly ports?: { readonly cis2: number; readonly platform: number; readonly control: number };
  /** Where the application finds them, if something stands in between; by default at their own addresses. */
  readonly origins?: { readonly cis2: string; readonly platform: string };
  /** The address at which the application intercepts the redirect; nothing listens there. */
  readonly redirectUri?: string;
  readonly cis2?: Cis2Options;
  /** Without a secret the environment holds none, and the application cannot refresh. */
  readonly platformSecret?: boolean;
  readonly wireFormat?: 'care-team' | 'patient-flags';
  readonly settings?: SettingsChange;
}

export interface Simulator {
  readonly addresses: { readonly cis2: string; readonly platform: string; readonly control: string };
  readonly issuer: string;
  /** Accepted by the application's `parseEnvironment`. */
  readonly environment: EnvironmentJson;
  readonly patients: readonly PatientSummary[];
  readonly stop: () => Promise<void>;
}

const clientId = '999999999999.apps.synthetic';
const defaultRedirectUri = 'http://127.0.0.1:47113/callback';

/** Starts the simulator: Care Identity, the platform and the control server, each on a loopback port. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const cis2Options = options.cis2 ?? careIdentity;
  const redirectUri = options.redirectUri ?? defaultRedirectUri;
  const ports = options.ports ?? { cis2: 0, platform: 0, control: 0 };

  // The slow steps run together: three keys from the thread pool, and the loading of oidc-provider.
  const [keyring, cis2Key, platformKey, { createCis2 }] = await Promise.all([
    createKeyring(cis2Options.idTokenAlgorithm),
    createRsaKey(),
    createRsaKey(),
    import('./cis2/server.ts'),
  ]);

  const settings = createSettings(options.settings);
  const calendar = calendarOf(new Date());
  const patients = [...createPatients(calendar)];
  const faults = createFaults();
  const issued = createIssuedTokens();
  const requests = createRequestLog();
  const notifications = createNotifications();
  const histories = createHistories();
  const accessTokens = createAccessTokens({ settings, issued });

  /** The services need the ports for their own addresses, so each listener is bound to its service after the port is open. */
  const cis2Listener = createLateBoundListener('cis2');
  const platformListener = createLateBoundListener('platform');
  const [cis2Server, platformServer] = await Promise.all([
    listenOnLoopback(cis2Listener.listener, ports.cis2),
    listenOnLoopback(platformListener.listener, ports.platform),
  ]);

  function createLateBoundListener(server: SimulatedServer) {
    let open: RequestListener = (_request, response) => response.writeHead(503).end();
    const listener: RequestListener = (request, response) => {
      requests.watch(server, request, response);
      // The application learns its clock's error from this header.
      response.setHeader('date', settings.now().toUTCString());
      open(request, response);
    };
    return {
      listener,
      bind: (next: RequestListener) => {
        open = next;
      },
    };
  }

  const issuer = `${options.origins?.cis2 ?? cis2Server.origin}${cis2Options.realm}`;
  const platformOrigin = options.origins?.platform ?? platformServer.origin;
  const apiKey = randomUUID();
  const platformSecret = randomUUID();
  const cis2ClientSecret = randomUUID();

  cis2Listener.bind(
    createCis2({
      issuer,
      options: cis2Options,
      client: {
        clientId,
        redirectUri,
        clientSecret: cis2ClientSecret,
        publicJwk: { ...publicJwk(cis2Key, 'RS512') },
      },
      keyring,
      settings,
      faults,
      issued,
    }),
  );

  const token = createPlatformToken({
    application: {
      apiKey,
      clientSecret: platformSecret,
      kid: platformKey.kid,
      publicKey: platformKey.publicKey,
    },
    tokenUrl: `${platformOrigin}${platformPaths.token}`,
    cis2Issuer: issuer,
    cis2Keys: keyring,
    accessTokens,
    settings,
  });
  platformListener.bind(
    createPlatform({
      token,
      pds: createPds({
        baseUrl: `${platformOrigin}${platformPaths.pds}`,
        patients,
        accessTokens,
        settings,
      }),
      cpis: createCpis({
        baseUrl: `${platformOrigin}${platformPaths.cpis}`,
        patients,
        accessTokens,
        histories,
        notifications,
        settings,
      }),
      patientFlags: createPatientFlags({ patients, accessTokens, calendar }),
      faults,
    }),
  );

  const environment = createEnvironment({
    cis2: cis2Options,
    issuer,
    platformOrigin,
    clientId,
    cis2ClientSecret,
    redirectUri,
    cis2Key,
    platformKey,
    apiKey,
    platformSecret: options.platformSecret === false ? undefined : platformSecret,
    wireFormat: options.wireFormat ?? 'care-team',
  });

  const addresses = { cis2: cis2Server.origin, platform: platformServer.origin };
  const controlServer = await listenOnLoopback(
    createControl({
      addresses,
      patients,
      requests,
      notifications,
      issued,
      faults,
      settings,
      rotateKey: keyring.rotate,
      reset: () => {
        faults.drop();
        requests.clear();
        notifications.clear();
        histories.clear();
        // The simulator may have been started on an earlier day.
        patients.splice(0, patients.length, ...createPatients(calendarOf(new Date())));
        issued.clear();
        settings.reset();
        token.forgetAssertions();
      },
    }),
    ports.control,
  );

  return {
    addresses: { ...addresses, control: controlServer.origin },
    issuer,
    environment,
    patients: patients.map(summarisePatient),
    stop: async () => {
      faults.drop();
      await Promise.all([cis2Server, platformServer, controlServer].map((server) => server.stop()));
    },
  };
}
