/** The trail at the site's log collector, over a real TLS connection. */
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { quit } from '../driver/quit.ts';
import { expect, test } from '../fixtures.ts';
import { createPrivateAuthority } from '../network/certificates.ts';
import { events, exportTrail, siteKey } from './trail.ts';

test('every entry arrives at the log collector, the NHS number sealed', async ({ launch, simulator }) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'cpis-viewer-collector-'));
  const { certificate, key } = await createPrivateAuthority(folder);
  await chmod(folder, 0o755);
  let received = '';
  const collector = tls.createServer({ cert: certificate, key }, (socket) => {
    socket.on('error', () => undefined);
    socket.setEncoding('utf8').on('data', (text: string) => {
      received += text;
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const { port } = collector.address() as AddressInfo;

  const viewer = await launch({
    environment: {
      audit: {
        ...siteKey.audit,
        forwardTo: `127.0.0.1:${port}`,
        forwardCertificateFile: path.join(folder, 'ca.pem'),
      },
    },
  });
  await viewer.signIn();
  await viewer.ask('child-protection', 'unscheduled');
  await expect(viewer.page.getByRole('table')).toBeVisible();
  const forwarded = () =>
    [...received.matchAll(/<110>1 \S+Z \S+ cpis-viewer - (\S+) - /g)].map(([, event]) => event);
  await expect.poll(forwarded).toContain('cpis-query');
  await expect.poll(() => forwarded().length).toBeGreaterThanOrEqual(9);
  await viewer.page.getByRole('button', { name: 'Diagnostics' }).click();
  await expect(viewer.page.getByText(`To 127.0.0.1:${port}, up to entry`)).toBeVisible();
  const { nhsNumber } = simulator.patient('child-protection');
  expect(received).not.toContain(nhsNumber);
  await quit(viewer.app);

  const trail = events(await exportTrail(viewer.profile));
  expect(trail.slice(0, forwarded().length)).toEqual(forwarded());
  collector.close();
  await rm(folder, { recursive: true });
});
