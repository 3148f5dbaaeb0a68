import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createClient, type MessageBus, Variant } from 'dbus-native';

const login = 'org.freedesktop.login1';
const loginPath = '/org/freedesktop/login1';

/** A session of logind: `own` is of the viewer's user, `other` is of another user. */
export type LoginSession = 'own' | 'other';

const sessionPaths: Readonly<Record<LoginSession, string>> = {
  own: `${loginPath}/session/_32`,
  other: `${loginPath}/session/_33`,
};

/** Bus name and object path of the screen saver of each desktop. */
export const screenSavers = {
  'KDE, light-locker': ['org.freedesktop.ScreenSaver', '/org/freedesktop/ScreenSaver'],
  GNOME: ['org.gnome.ScreenSaver', '/org/gnome/ScreenSaver'],
  Cinnamon: ['org.cinnamon.ScreenSaver', '/org/cinnamon/ScreenSaver'],
  MATE: ['org.mate.ScreenSaver', '/org/mate/ScreenSaver'],
  Xfce: ['org.xfce.ScreenSaver', '/org/xfce/ScreenSaver'],
} as const;

export type ScreenSaverOf = keyof typeof screenSavers;

export interface DesktopBuses {
  /** For the viewer's start. */
  readonly env: Readonly<Record<string, string>>;
  /** `ActiveChanged` of a desktop's screen saver. */
  sendActiveChanged(desktop: ScreenSaverOf, active: boolean): Promise<void>;
  /** `Lock` of a session, as `loginctl lock-session` makes logind send it. */
  sendLock(session: LoginSession): Promise<void>;
  /** Changes a property of a session: `LockedHint`, `Active`. */
  sendChanged(session: LoginSession, property: string, value: boolean): Promise<void>;
  /** `PrepareForSleep` and `PrepareForShutdown` of logind's manager. */
  sendPrepareFor(what: 'Sleep' | 'Shutdown'): Promise<void>;
  /** Says whose the sessions are. To be called before a session sends anything. */
  setViewerUser(userId: number): void;
  /** How often the viewer has asked logind whose this session is. */
  ownerAsked(session: LoginSession): number;
  /** Ends the session bus. A viewer that Chromium has connected to it ends with it. */
  endSessionBus(): Promise<void>;
  /** Starts the session bus anew, at the same address. */
  startSessionBus(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The two message buses of a Linux desktop for one viewer, from real `dbus-daemon`s. A test takes the names of
 * systemd-logind and of a screen saver on them, and sends their signals.
 * Sources: systemd, `org.freedesktop.login1(5)`; Chromium, `ui/base/idle/idle_linux.cc` (names and paths of screen savers).
 */
export async function startDesktopBuses(): Promise<DesktopBuses> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-buses-'));
  await chmod(folder, 0o755); // the viewer may run as another user
  const daemons = {
    session: await startDaemon(folder, 'session'),
    system: await startDaemon(folder, 'system'),
  };
  const login1: LoginState = { userId: 0, asked: { own: 0, other: 0 } };
  const clients = {
    session: createClient({ busAddress: daemons.session.address }),
    system: await openLogin(daemons.system.address, login1),
  };
  for (const { connection } of Object.values(clients)) connection.on('error', () => undefined);

  return {
    env: {
      CPIS_VIEWER_SESSION_BUS: daemons.session.address,
      DBUS_SYSTEM_BUS_ADDRESS: daemons.system.address,
    },
    async sendActiveChanged(desktop, active) {
      const [name, objectPath] = screenSavers[desktop];
      await clients.session.requestName(name, 0);
      clients.session.sendSignal(objectPath, name, 'ActiveChanged', 'b', [active]);
    },
    async sendLock(session) {
      clients.system.sendSignal(sessionPaths[session], `${login}.Session`, 'Lock');
    },
    async sendChanged(session, property, value) {
      const changed = [[property, new Variant('b', value)]];
      clients.system.sendSignal(
        sessionPaths[session],
        'org.freedesktop.DBus.Properties',
        'PropertiesChanged',
        'sa{sv}as',
        [`${login}.Session`, changed, []],
      );
    },
    async sendPrepareFor(what) {
      clients.system.sendSignal(loginPath, `${login}.Manager`, `PrepareFor${what}`, 'b', [true]);
    },
    setViewerUser(id) {
      login1.userId = id;
    },
    ownerAsked: (session) => login1.asked[session],
    endSessionBus: () => endDaemon(daemons.session.child),
    async startSessionBus() {
      daemons.session = await startDaemon(folder, 'session');
      clients.session = createClient({ busAddress: daemons.session.address });
      clients.session.connection.on('error', () => undefined);
    },
    async stop() {
      for (const client of Object.values(clients)) await client.close();
      for (const { child } of Object.values(daemons)) await endDaemon(child);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface Daemon {
  readonly child: ChildProcess;
  readonly address: string;
}

async function startDaemon(folder: string, name: 'session' | 'system'): Promise<Daemon> {
  const socket = path.join(folder, `${name}.socket`);
  const config = path.join(folder, `${name}.conf`);
  // The viewer may run as another user than the tests: every user of the computer may connect, as to a system bus.
  await writeFile(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>${name}</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
  </policy>
</busconfig>
`,
  );
  await rm(socket, { force: true });
  const child = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  await once(createInterface(child.stdout), 'line');
  return { child, address: `unix:path=${socket}` };
}

async function endDaemon(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill();
  await ended;
}

interface LoginState {
  /** The viewer's user. */
  userId: number;
  readonly asked: Record<LoginSession, number>;
}

/** Takes the name of logind, with its two sessions. */
async function openLogin(address: string, state: LoginState): Promise<MessageBus> {
  const bus = createClient({ busAddress: address });
  const description = { name: `${login}.Session`, methods: {}, signals: {}, properties: { User: '(uo)' } };
  for (const session of ['own', 'other'] as const) {
    const object = {
      get User() {
        state.asked[session] += 1;
        const id = session === 'own' ? state.userId : state.userId + 1;
        return [id, `${loginPath}/user/_${id}`];
      },
    };
    bus.exportInterface(object, sessionPaths[session], description);
  }
  await bus.requestName(login, 0);
  return bus;
}
