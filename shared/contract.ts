/**
 * Every channel between the renderer and the main process: its name, the schema of its request, the type of its
 * response. The preload exposes these names and the router registers them; there is no other way in.
 */
import * as v from 'valibot';
import type { ApplicationView, DiagnosticsView } from './application.ts';
import type { ClinicListFile, ClinicListStart, ClinicListView, OpenedRow } from './clinic-list.ts';
import { longestClinicList } from './clinical/clinic-list.ts';
import { type NhsNumber, parseNhsNumber } from './clinical/nhs-number.ts';
import {
  allowsSimilarSearch,
  mostGivenNames,
  problemOfSearchName,
  searchScopes,
  tidySearchName,
} from './clinical/patient-search.ts';
import type { CopyOutcome } from './copy-outcome.ts';
import type { Fault } from './fault.ts';
import type { LaunchView } from './launch.ts';
import type { CheckOutcome, HistoryOutcome, SearchOutcome, TraceOutcome } from './outcome.ts';
import type { PrintOutcome, SavePdfOutcome } from './print-outcome.ts';
import type { LockNotice, SessionView } from './session.ts';
import { type TrainingView, trainingFaultNames } from './training.ts';

/** The channel names, in a list of their own, so that the preload bundles no validator. */
export const requestNames = [
  'application.read',
  'session.read',
  'session.signIn',
  'session.chooseRole',
  'session.changeRole',
  'session.signInAgain',
  'session.lock',
  'session.signOut',
  'lockNotice.read',
  'lockNotice.stay',
  'screen.hidden',
  'patient.trace',
  'patient.search',
  'patient.discard',
  'launch.read',
  'launch.follow',
  'launch.dismiss',
  'cpis.check',
  'cpis.history',
  'clinicList.read',
  'clinicList.openFile',
  'clinicList.start',
  'clinicList.steer',
  'clinicList.openRow',
  'clipboard.copy',
  'clipboard.copyRecord',
  'clipboard.copyList',
  'clipboard.selected',
  'window.print',
  'window.savePdf',
  'window.close',
  'page.replaced',
  'page.failed',
  'page.startAgain',
  'page.notLoaded',
  'link.open',
  'training.read',
  'training.set',
  'training.reset',
  'diagnostics.read',
  'diagnostics.saveSupportBundle',
] as const;

export type RequestName = (typeof requestNames)[number];

export const eventNames = [
  'application.changed',
  'session.changed',
  'lockNotice.changed',
  'launch.changed',
  'clinicList.changed',
  'clipboard.copied',
  'window.closeAsked',
] as const;

export type EventName = (typeof eventNames)[number];

const noArgument = v.undefined();
const opaqueId = v.pipe(v.string(), v.minLength(1), v.maxLength(100), v.regex(/^[\w-]+$/));

const nhsNumber = v.pipe(
  v.string(),
  v.maxLength(40),
  v.rawTransform<string, NhsNumber>(({ dataset, addIssue, NEVER }) => {
    const parsed = parseNhsNumber(dataset.value);
    if (parsed.kind === 'valid') return parsed.nhsNumber;
    addIssue({ message: 'NHS number invalid' });
    return NEVER;
  }),
);

const searchName = v.pipe(
  v.string(),
  v.maxLength(200),
  v.transform(tidySearchName),
  v.minLength(1),
  v.check((name) => problemOfSearchName(name) === undefined),
);

/** Search by demographics. PDS needs at least a family name and a date of birth, and advises against gender. */
const demographics = v.pipe(
  v.strictObject({
    familyName: searchName,
    /** The first name first; empty where none is known. */
    givenNames: v.pipe(v.array(searchName), v.maxLength(mostGivenNames)),
    born: v.pipe(
      v.strictObject({
        /** `YYYY-MM-DD` */
        earliest: v.pipe(v.string(), v.isoDate()),
        latest: v.pipe(v.string(), v.isoDate()),
      }),
      v.check(({ earliest, latest }) => earliest <= latest),
    ),
    scope: v.picklist(searchScopes),
  }),
  v.check((searched) => searched.scope !== 'similar' || allowsSimilarSearch(searched)),
);

/** The match that the user chose from a search: the record that opens must be the one that the list showed (H3). */
const chosenMatch = v.strictObject({
  search: demographics,
  /** As the list showed them. */
  name: v.pipe(v.string(), v.maxLength(1_000)),
  born: v.pipe(v.string(), v.maxLength(100)),
});

/** What the barcode of a wristband has beside the number: PDS must have its date of birth (H3). */
const wristband = v.strictObject({
  /** `YYYY-MM-DD` */
  bornOn: v.optional(v.pipe(v.string(), v.isoDate())),
  /** To be shown. */
  baby: v.optional(v.pipe(v.string(), v.maxLength(200))),
});

/** The limit exceeds the longest answer on the screen. */
const copiedText = v.strictObject({ text: v.pipe(v.string(), v.minLength(1), v.maxLength(50_000)) });

/** The pages that the viewer may open in the system browser; the main process holds their addresses. */
export const linkIds = ['about-cp-is', 'find-childrens-services', 'local-procedure'] as const;

/** The schemas of the channels that take an argument; every other channel takes `undefined`. */
const argumentSchemas = {
  'session.chooseRole': v.strictObject({ roleId: opaqueId }),
  /** `stronger`: a service has refused the way in which the user is signed in. */
  'session.signInAgain': v.optional(v.strictObject({ stronger: v.literal(true) })),
  'screen.hidden': v.strictObject({ hidden: v.boolean() }),
  'patient.trace': v.strictObject({
    nhsNumber,
    chosen: v.optional(chosenMatch),
    wristband: v.optional(wristband),
  }),
  'patient.search': demographics,
  'launch.follow': v.strictObject({ id: opaqueId }),
  'cpis.check': v.strictObject({
    context: opaqueId,
    careSetting: v.picklist(['unscheduled', 'scheduled']),
    /** `again` only after the user has said yes to a question that says it may notify again (H4). */
    repeat: v.picklist(['first', 'again']),
  }),
  'cpis.history': v.strictObject({
    checkId: opaqueId,
    /** The number of accesses that the page has already. */
    from: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  }),
  /** The text itself: the main process reads its lines anew. The limit is far above that of a list, which is refused in words. */
  'clinicList.start': v.strictObject({ text: v.pipe(v.string(), v.maxLength(longestClinicList)) }),
  'clinicList.steer': v.strictObject({ to: v.picklist(['pause', 'continue', 'stop', 'close']) }),
  'clinicList.openRow': v.strictObject({ line: v.pipe(v.number(), v.safeInteger(), v.minValue(1)) }),
  'clipboard.copy': copiedText,
  /** Names the check alone: the main process composes the text. */
  'clipboard.copyRecord': v.strictObject({ checkId: opaqueId }),
  /** Linux: the system has copied the selected text to PRIMARY. */
  'clipboard.selected': copiedText,
  'window.close': v.strictObject({ answer: v.picklist(['close', 'stay']) }),
  /** The reference that the screen shows; of the page's own making, so its form is closed. */
  'page.failed': v.strictObject({ reference: v.pipe(v.string(), v.regex(/^window-[0-9a-f]{8}$/)) }),
  'training.set': v.strictObject({ fault: v.picklist(trainingFaultNames), on: v.boolean() }),
  'link.open': v.strictObject({ id: v.picklist(linkIds) }),
} satisfies Partial<Record<RequestName, v.GenericSchema>>;

type ArgumentSchemas = typeof argumentSchemas;

type RequestSchema<Name extends RequestName> = Name extends keyof ArgumentSchemas
  ? ArgumentSchemas[Name]
  : typeof noArgument;

/** Every channel with the schema of its argument. */
export function requestSchema(name: RequestName): v.GenericSchema {
  const schemas: Partial<Record<RequestName, v.GenericSchema>> = argumentSchemas;
  return schemas[name] ?? noArgument;
}

export interface Responses {
  readonly 'application.read': ApplicationView;
  readonly 'session.read': SessionView;
  readonly 'session.signIn': SessionView;
  readonly 'session.chooseRole': SessionView;
  readonly 'session.changeRole': SessionView;
  /** The same user has the whole time anew, and keeps the patient. */
  readonly 'session.signInAgain': SessionView;
  readonly 'session.lock': SessionView;
  readonly 'session.signOut': SessionView;
  readonly 'lockNotice.read': LockNotice | undefined;
  /** The user stays, and the time until the lock begins anew. */
  readonly 'lockNotice.stay': undefined;
  /** The user has hidden the screen, or shows it again (H9). */
  readonly 'screen.hidden': undefined;
  readonly 'patient.trace': TraceOutcome;
  readonly 'patient.search': SearchOutcome;
  readonly 'patient.discard': undefined;
  readonly 'launch.read': LaunchView;
  readonly 'launch.follow': TraceOutcome;
  readonly 'launch.dismiss': undefined;
  readonly 'cpis.check': CheckOutcome;
  readonly 'cpis.history': HistoryOutcome;
  /** `undefined`: there is none. */
  readonly 'clinicList.read': ClinicListView | undefined;
  readonly 'clinicList.openFile': ClinicListFile;
  readonly 'clinicList.start': ClinicListStart;
  readonly 'clinicList.steer': undefined;
  readonly 'clinicList.openRow': OpenedRow;
  readonly 'clipboard.copy': undefined;
  readonly 'clipboard.copyRecord': undefined;
  readonly 'clipboard.copyList': undefined;
  readonly 'clipboard.selected': undefined;
  readonly 'window.print': PrintOutcome;
  readonly 'window.savePdf': SavePdfOutcome;
  /** The user's answer after `window.closeAsked`. */
  readonly 'window.close': undefined;
  /** From the preload: a script has written the document anew, which removed the clipboard's listeners. */
  readonly 'page.replaced': undefined;
  /** A screen could not be drawn, or its code could not be loaded. */
  readonly 'page.failed': undefined;
  /** After that the user starts again: the page is loaded anew, without a patient. */
  readonly 'page.startAgain': undefined;
  /** From the preload: a script or a style of the page could not be loaded. */
  readonly 'page.notLoaded': undefined;
  readonly 'link.open': undefined;
  /** `undefined`: this is not the training edition. */
  readonly 'training.read': TrainingView | undefined;
  readonly 'training.set': TrainingView | undefined;
  readonly 'training.reset': TrainingView | undefined;
  readonly 'diagnostics.read': DiagnosticsView;
  readonly 'diagnostics.saveSupportBundle': 'saved' | 'cancelled' | 'failed';
}

export interface Events {
  readonly 'application.changed': ApplicationView;
  readonly 'session.changed': SessionView;
  /** `undefined`: withdrawn. */
  readonly 'lockNotice.changed': LockNotice | undefined;
  readonly 'launch.changed': LaunchView;
  /** `undefined`: closed. */
  readonly 'clinicList.changed': ClinicListView | undefined;
  /** The outcome of a copy by key, menu or button. */
  readonly 'clipboard.copied': CopyOutcome;
  /** The user has pressed the window's close button over an answer. */
  readonly 'window.closeAsked': undefined;
}

/** The argument that a caller passes: the schema's input, in which an NHS number is a string. */
export type Request<Name extends RequestName> = v.InferInput<RequestSchema<Name>>;

/** The argument that a handler receives: the schema's output. */
export type ParsedRequest<Name extends RequestName> = v.InferOutput<RequestSchema<Name>>;

/** The reply to a request. A refused request and a failed handler are values too: nothing is thrown across IPC. */
export type Reply<Name extends RequestName> =
  | { readonly ok: true; readonly value: Responses[Name] }
  | { readonly ok: false; readonly fault: Fault };

/** `window.viewer`: all that the renderer can reach. */
export interface Viewer {
  request<Name extends RequestName>(name: Name, request: Request<Name>): Promise<Reply<Name>>;
  /** Returns the function that ends the subscription. */
  on<Name extends EventName>(name: Name, listener: (event: Events[Name]) => void): () => void;
  /** Frees what former screens of this page have left in memory. */
  freeMemory(): void;
}
