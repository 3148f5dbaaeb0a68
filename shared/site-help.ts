/** What the site's policy says to do without, or beside, an answer: whom to phone, and the local procedure. */
import { contactLine, type Policy, titledAddress } from './policy.ts';

export interface SiteContact {
  readonly name: string;
  /** As the site wrote it. */
  readonly phone: string;
  /** `undefined`: at all hours. */
  readonly hours: string | undefined;
}

export interface SiteHelp {
  readonly contacts: readonly SiteContact[];
  /** The title of the local procedure; its address stays in the main process. */
  readonly procedure: string | undefined;
}

/** A line of another form than the policy's is left out. */
export function readSiteHelp({ safeguardingContacts = [], localProcedure }: Policy): SiteHelp {
  return {
    contacts: safeguardingContacts.flatMap((line) => {
      const [, name, phone, hours] = contactLine.exec(line) ?? [];
      if (name === undefined || phone === undefined) return [];
      return [{ name: name.trim(), phone: phone.trim(), hours: hours?.trim() }];
    }),
    procedure: titledAddress.exec(localProcedure ?? '')?.[1]?.trim(),
  };
}

/** `undefined` where the site has set none. */
export function procedureAddress({ localProcedure }: Policy): string | undefined {
  return titledAddress.exec(localProcedure ?? '')?.[2];
}
