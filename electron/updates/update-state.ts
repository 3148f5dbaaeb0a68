export type UpdateState =
  /** The viewer does not check, for this reason. */
  | { readonly kind: 'off'; readonly reason: string }
  | { readonly kind: 'idle'; readonly checkedAt: Date | undefined }
  | { readonly kind: 'available'; readonly version: string; readonly checkedAt: Date }
  | { readonly kind: 'failed'; readonly reference: string; readonly checkedAt: Date };

/** The line beside the version, for every user; `undefined` most of the time. */
export function updateNotice(state: UpdateState): string | undefined {
  switch (state.kind) {
    case 'available':
      return `A new version, ${state.version}, is available. Your desktop team installs it.`;
    case 'off':
    case 'idle':
    case 'failed':
      return undefined;
  }
}

/** The state for Diagnostics. */
export function describeUpdates(state: UpdateState): string {
  switch (state.kind) {
    case 'off':
      return `Off (${state.reason})`;
    case 'idle':
      return state.checkedAt === undefined
        ? 'Not looked for yet'
        : `Nothing newer (looked ${at(state.checkedAt)})`;
    case 'available':
      return `Version ${state.version} is available (looked ${at(state.checkedAt)})`;
    case 'failed':
      return `FAILED at ${at(state.checkedAt)}, this version goes on as it is (${state.reference})`;
  }
}

/** `2026-11-24 14:32 UTC` */
function at(instant: Date): string {
  return `${instant.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
