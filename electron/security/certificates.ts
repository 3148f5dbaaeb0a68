/**
 * A certificate that the operating system does not trust is never accepted, and a client certificate is never sent
 * without a choice: none is chosen here, because no service of this application asks for one.
 * Source: Electron, `app` events `certificate-error` and `select-client-certificate`.
 */
import { app } from 'electron';

export function refuseUntrustedCertificates(): void {
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, decide) => {
    event.preventDefault();
    decide(false);
  });
  app.on('select-client-certificate', (event, _contents, _url, _list, choose) => {
    event.preventDefault();
    choose();
  });
}
