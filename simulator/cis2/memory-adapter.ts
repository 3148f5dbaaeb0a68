import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Where oidc-provider keeps its sessions, grants and codes: in memory, gone with the simulator. */
export function createMemoryAdapter(): AdapterFactory {
  const stores = new Map<string, Map<string, AdapterPayload>>();
  return (model) => {
    const records = stores.get(model) ?? new Map<string, AdapterPayload>();
    stores.set(model, records);
    return adapterOver(records);
  };
}

function adapterOver(records: Map<string, AdapterPayload>): Adapter {
  const findBy = (matches: (payload: AdapterPayload) => boolean) => [...records.values()].find(matches);
  return {
    upsert: async (id, payload) => void records.set(id, payload),
    find: async (id) => records.get(id),
    findByUid: async (uid) => findBy((payload) => payload.uid === uid),
    findByUserCode: async (userCode) => findBy((payload) => payload.userCode === userCode),
    consume: async (id) => {
      const payload = records.get(id);
      if (payload !== undefined) records.set(id, { ...payload, consumed: Math.floor(Date.now() / 1_000) });
    },
    destroy: async (id) => void records.delete(id),
    revokeByGrantId: async (grantId) => {
      for (const [id, payload] of records) if (payload.grantId === grantId) records.delete(id);
    },
  };
}
