/** Runs `cpis-viewer keys …` in the viewer's executable, without a window; a viewer may be open meanwhile. */
import { app, safeStorage } from 'electron';
import { standardOutput } from '../audit/standard-output.ts';
import { runKeysCommand } from '../identity/signers/keys-command.ts';
import { parseKeysCommand } from '../identity/signers/keys-command-line.ts';
import { type KeyToPublish, type PublicJwks, publicJwks } from '../identity/signers/public-jwks.ts';
import { SigningKeyUnavailable } from '../identity/signers/signer.ts';
import { createSecretStorage } from '../identity/signers/stored/secret-storage.ts';
import { createApiNetwork } from './api-network.ts';
import { loadEnvironment } from './load-environment.ts';
import { loadPolicy } from './load-policy.ts';
import { createSiteSigners, openKeyStore } from './site-signers.ts';

/** Ends the application with the command's exit code. Only after the app is ready. */
export async function runKeysArguments(
  args: readonly string[],
  flavour: typeof __BUILD_FLAVOUR__,
): Promise<void> {
  try {
    app.exit(
      await runKeysCommand(parseKeysCommand(args.filter((arg) => !arg.startsWith('-'))), {
        ...standardOutput,
        store: openKeyStore(),
        storage: createSecretStorage(safeStorage, process.platform),
        publish: () => publish(flavour),
      }),
    );
  } catch (error) {
    standardOutput.error(`The command failed (${error instanceof Error ? error.name : 'unknown error'}).\n`);
    app.exit(1);
  }
}

async function publish(flavour: typeof __BUILD_FLAVOUR__): Promise<PublicJwks> {
  const read = await loadEnvironment(flavour, await loadPolicy(flavour));
  if (read.kind === 'unusable') throw new SigningKeyUnavailable(read.problem);
  const { clientAuthentication } = read.environment.cis2;
  const now = () => new Date();
  const signers = createSiteSigners(read.environment, { ...createApiNetwork(read.environment, now), now });
  const cis2Algorithm =
    clientAuthentication.method === 'private_key_jwt' ? clientAuthentication.algorithm : 'RS512';
  const keys: KeyToPublish[] = [
    ...signers.platform.all.map((key) => ({ key, algorithm: 'RS512' as const })),
    ...(signers.cis2?.all ?? []).map((key) => ({ key, algorithm: cis2Algorithm })),
  ];
  try {
    return await publicJwks(keys);
  } finally {
    signers.close();
  }
}
