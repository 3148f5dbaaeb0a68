import type { IncomingMessage, RequestListener } from 'node:http';
import * as v from 'valibot';
import { type Answer, jsonAnswer, noContent } from './answer.ts';
import type { Notifications } from './cp-is/notifications.ts';
import { send } from './faults/delivery.ts';
import type { Faults } from './faults/faults.ts';
import { faultOrderSchema, targets } from './faults/schema.ts';
import { type SimulatedPatient, summarisePatient } from './patients.ts';
import type { IssuedTokens } from './platform/issued-tokens.ts';
import { readBody } from './request-body.ts';
import type { RequestLog } from './request-log.ts';
import { type SettingsStore, settingsChangeSchema } from './settings.ts';
import { users } from './users.ts';

export interface ControlDependencies {
  /** Where the servers themselves listen, whatever the environment says. */
  readonly addresses: { readonly cis2: string; readonly platform: string };
  readonly patients: readonly SimulatedPatient[];
  readonly requests: RequestLog;
  readonly notifications: Notifications;
  readonly issued: IssuedTokens;
  readonly faults: Faults;
  readonly settings: SettingsStore;
  readonly rotateKey: () => Promise<void>;
  readonly reset: () => void;
}

const optionalTarget = v.strictObject({ target: v.optional(v.picklist(targets)) });

/**
 * The simulator's control server: reads requests, notifications and tokens, orders faults, changes settings. JSON over
 * loopback.
 */
export function createControl(dependencies: ControlDependencies): RequestListener {
  return (incoming, response) => {
    void (async () => {
      // A page in a browser must not drive the simulator, nor read its tokens.
      if (incoming.headers.origin !== undefined)
        return send(response, jsonAnswer(403, { error: 'no browsers' }));
      send(response, await answer(incoming, dependencies));
    })();
  };
}

async function answer(incoming: IncomingMessage, dependencies: ControlDependencies): Promise<Answer> {
  const { patients, requests, notifications, issued, faults, settings, reset } = dependencies;
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1');
  switch (`${incoming.method} ${url.pathname}`) {
    case 'GET /simulator/patients':
      return jsonAnswer(200, patients.map(summarisePatient));
    case 'GET /simulator/users':
      return jsonAnswer(
        200,
        users.map(({ key, name }) => ({ key, name })),
      );
    case 'GET /simulator/addresses':
      return jsonAnswer(200, dependencies.addresses);
    case 'GET /simulator/requests':
      return jsonAnswer(200, requests.all());
    case 'GET /simulator/notifications':
      return jsonAnswer(200, notifications.all());
    case 'GET /simulator/issued-tokens':
      return jsonAnswer(200, issued.all());
    case 'POST /simulator/settings':
      return withInput(settingsChangeSchema, await readJson(incoming), (change) =>
        jsonAnswer(200, settings.change(change)),
      );
    case 'GET /simulator/faults':
      return jsonAnswer(200, { active: faults.active(), held: faults.held() });
    case 'POST /simulator/faults':
      return withInput(faultOrderSchema, await readJson(incoming), async (order) => {
        if (order.fault.kind !== 'rotate-key') return jsonAnswer(201, faults.order(order));
        await dependencies.rotateKey();
        return noContent();
      });
    case 'DELETE /simulator/faults':
      return withInput(optionalTarget, Object.fromEntries(url.searchParams), ({ target }) => {
        faults.clear(target);
        return noContent();
      });
    case 'POST /simulator/faults/release':
      return withInput(optionalTarget, (await readJson(incoming)) ?? {}, ({ target }) =>
        jsonAnswer(200, { released: faults.release(target) }),
      );
    case 'POST /simulator/reset':
      reset();
      return noContent();
    default:
      return jsonAnswer(404, { error: 'not-found' });
  }
}

/** Undefined for an empty body and for anything that is not JSON. */
async function readJson(incoming: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await readBody(incoming)) ?? '');
  } catch {
    return undefined;
  }
}

async function withInput<Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  use: (output: v.InferOutput<Schema>) => Answer | Promise<Answer>,
): Promise<Answer> {
  const parsed = v.safeParse(schema, input);
  if (parsed.success) return use(parsed.output);
  const problems = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'the body'}: ${issue.message}`);
  return jsonAnswer(400, { error: 'invalid', problems });
}
