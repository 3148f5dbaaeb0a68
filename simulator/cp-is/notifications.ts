interface LocalAuthorityNotification {
  /** The simulator's time, UTC, ISO 8601. */
  readonly at: string;
  readonly nhsNumber: string;
  readonly request: 'CareTeam' | 'AuditEvent';
  /** `defaulted`: the request had no header, which the service reads as true. */
  readonly header: 'true' | 'defaulted';
  /** Of the user. */
  readonly name: string;
  /** The responsible authorities; none where there is no record. */
  readonly localAuthorities: readonly string[];
}

export interface Notifications {
  readonly add: (notification: LocalAuthorityNotification) => void;
  readonly all: () => readonly LocalAuthorityNotification[];
  readonly clear: () => void;
}

/**
 * The notifications to local authorities. CP-IS notifies the responsible authority of every unscheduled access;
 * here each is one entry, so that a test can count them (H4).
 */
export function createNotifications(): Notifications {
  let notifications: readonly LocalAuthorityNotification[] = [];
  return {
    add: (notification) => {
      notifications = [...notifications, notification];
    },
    all: () => notifications,
    clear: () => {
      notifications = [];
    },
  };
}
