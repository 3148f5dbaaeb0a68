import { createClient, type Message, type MessageBus } from 'dbus-native';
import * as v from 'valibot';
import { fileErrorCode } from '../files/read-file.ts';

export type BusName = 'session' | 'system';
export type BusState = 'watched' | 'unreachable';

export interface LinuxDesktopLockOptions {
  /** Holds the addresses of the buses. */
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly userId: number;
  readonly onLock: () => void;
  /** Called when a bus is watched, and when it cannot be reached. `reason` is empty, or the system's own error code. */
  readonly onBus: (bus: BusName, state: BusState, reason: string) => void;
}

/** How long logind may take to name a session's user. */
const answerTimeoutMs = 2_000;
/** The time between two attempts to reach a bus. */
const retryMs = 5_000;

const login = 'org.freedesktop.login1';
const loginSession = `${login}.Session`;
const properties = 'org.freedesktop.DBus.Properties';

/**
 * Reports when a Linux desktop locks, or changes to another user (H14). Electron reports neither on Linux: its `lock-screen`
 * exists on Windows and macOS only. Two message buses do:
 * - the session bus: the desktop's screen saver sends `ActiveChanged(true)`. GNOME, KDE, Cinnamon, MATE, Xfce and
 *   light-locker each have an interface of their own, whose name ends in `ScreenSaver`;
 * - the system bus: systemd-logind sends `Lock` for a session, and says when `LockedHint` or `Active` of a session changes.
 *
 * The signals of any screen saver count, at any time. Chromium's own watcher (`powerMonitor.getSystemIdleState`) looks for
 * one service when it is first called and for no other afterwards, see docs/decisions/desktop-lock.md.
 * Sources: Electron, `powerMonitor`; Chromium, `ui/base/idle/idle_linux.cc`; systemd, `org.freedesktop.login1(5)`.
 */
export function watchLinuxDesktopLock(options: LinuxDesktopLockOptions): void {
  const { variables, userId, onLock } = options;
  const runtimeFolder = variables['XDG_RUNTIME_DIR'] ?? `/run/user/${userId}`;
  openBus(options, {
    name: 'session',
    address: variables['DBUS_SESSION_BUS_ADDRESS'] ?? `unix:path=${runtimeFolder}/bus`,
    rules: ["type='signal',member='ActiveChanged'"],
    onSignal: (message) => {
      if (isScreenSaverActive(message)) onLock();
    },
  });
  openBus(options, {
    name: 'system',
    address: variables['DBUS_SYSTEM_BUS_ADDRESS'] ?? 'unix:path=/var/run/dbus/system_bus_socket',
    rules: [
      `type='signal',sender='${login}',interface='${loginSession}',member='Lock'`,
      `type='signal',sender='${login}',interface='${properties}',member='PropertiesChanged',arg0='${loginSession}'`,
    ],
    onSignal: (message, bus) => {
      if (!isSessionLeft(message)) return;
      // A computer holds sessions of other users too. Where logind does not name the user, the viewer locks.
      void ownerOf(message.path ?? '/', bus).then((owner) => {
        if (owner === undefined || owner === userId) onLock();
      });
    },
  });
}

interface WatchedBus {
  readonly name: BusName;
  readonly address: string;
  readonly rules: readonly string[];
  readonly onSignal: (message: Message, bus: MessageBus) => void;
}

/** Watches one bus; tries again while the bus cannot be reached. */
function openBus(options: Pick<LinuxDesktopLockOptions, 'onBus'>, watched: WatchedBus): void {
  const { name, address, rules, onSignal } = watched;
  let state: BusState | undefined;
  const become = (next: BusState, reason = ''): void => {
    if (state !== next) options.onBus(name, next, reason);
    state = next;
  };
  const connect = (): void => {
    let lost = false;
    const lose = (error: unknown): void => {
      if (lost) return;
      lost = true;
      become('unreachable', fileErrorCode(error) ?? 'failed');
      setTimeout(connect, retryMs);
    };
    try {
      const bus = createClient({ busAddress: address, timeout: answerTimeoutMs });
      bus.connection.on('message', (message) => onSignal(message, bus));
      bus.connection.on('error', lose);
      bus.connection.on('close', lose);
      Promise.all(rules.map((rule) => bus.addMatch(rule))).then(
        () => become('watched'),
        (error: unknown) => {
          lose(error);
          void bus.close();
        },
      );
    } catch (error) {
      lose(error); // an address of a kind that the library does not know
    }
  };
  connect();
}

const activeChanged = v.looseObject({
  interface: v.pipe(v.string(), v.regex(/\.ScreenSaver$/i)),
  member: v.literal('ActiveChanged'),
  body: v.tuple([v.literal(true)]),
});

function isScreenSaverActive(message: Message): boolean {
  return v.is(activeChanged, message);
}

const lockSignal = v.looseObject({ interface: v.literal(loginSession), member: v.literal('Lock') });

/** The session was locked, or another session has come to the front: a change of user, or of virtual terminal. */
const propertiesChanged = v.looseObject({
  interface: v.literal(properties),
  member: v.literal('PropertiesChanged'),
  body: v.looseTuple([
    v.literal(loginSession),
    v.union([v.looseObject({ LockedHint: v.literal(true) }), v.looseObject({ Active: v.literal(false) })]),
  ]),
});

function isSessionLeft(message: Message): boolean {
  return v.is(lockSignal, message) || v.is(propertiesChanged, message);
}

/** `User` of a logind session: the user id, and the path of that user's object. */
const userProperty = v.looseTuple([v.number()]);

/** The user id; `undefined` where logind does not say. */
async function ownerOf(sessionPath: string, bus: MessageBus): Promise<number | undefined> {
  try {
    const answer: unknown = await bus.invoke({
      destination: login,
      path: sessionPath,
      interface: properties,
      member: 'Get',
      signature: 'ss',
      body: [loginSession, 'User'],
    });
    const user = v.safeParse(userProperty, answer);
    return user.success ? user.output[0] : undefined;
  } catch {
    return undefined;
  }
}
