import { app } from 'electron';

/**
 * Refuses every certificate that the operating system does not trust, and sends no client certificate, because no service
 * of this application requires one.
 * Source: Electron, `app` events `certificate-error` and `select-client-certificate`.
 */
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
