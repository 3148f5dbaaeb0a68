/**
 * Fetches a search to its last page. The guide does not mention paging, so every `next` link is followed. A page that
 * cannot be fetched is a defect of the whole result, never its end (H2).
 */
import type { Fault } from '../../../shared/fault.ts';
import { type Defect, type Page, readPage } from '../fhir/bundle.ts';
import { joinPages, type Searchset } from '../fhir/searchset.ts';
import type { ServiceAnswer } from './service-answer.ts';

const mostPages = 100;

export interface CompleteSearchset extends Searchset {
  /** Why a further page could not be fetched, where the service gave a fault. */
  readonly pageFault: Fault | undefined;
}

/** `request` must not notify: the first page has already notified the local authority (H4). */
export async function fetchAllPages(
  first: Page,
  firstUrl: URL,
  request: (url: URL) => Promise<ServiceAnswer>,
): Promise<CompleteSearchset> {
  const pages = [first];
  const visited = new Set([firstUrl.href]);
  let next = first.next;
  while (next !== undefined) {
    const url = resolveNext(next, firstUrl);
    if (url === undefined || visited.has(url.href) || pages.length >= mostPages) return incomplete(pages);
    visited.add(url.href);
    const answer = await request(url);
    if (answer.kind === 'failure') return incomplete(pages, answer.failure.fault);
    const page = readPage(answer.body);
    if (page === undefined) return incomplete(pages);
    pages.push(page);
    next = page.next;
  }
  return { ...joinPages(pages, []), pageFault: undefined };
}

function incomplete(pages: readonly Page[], pageFault?: Fault): CompleteSearchset {
  const defects: readonly Defect[] = ['next-page-unreachable'];
  return { ...joinPages(pages, defects), pageFault };
}

/** Only the origin of the first request may receive a further request and its access token. */
function resolveNext(link: string, firstUrl: URL): URL | undefined {
  if (!URL.canParse(link, firstUrl.href)) return undefined;
  const url = new URL(link, firstUrl);
  url.hash = '';
  const isTrusted = url.origin === firstUrl.origin && url.username === '' && url.password === '';
  return isTrusted ? url : undefined;
}
