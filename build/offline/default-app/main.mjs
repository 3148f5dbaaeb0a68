/**
 * Stands in for Electron's own default app, which the fallback lacks: `electron [switches] [-r module] <folder>
 * [arguments]` runs the app in that folder as the stock one would. A module of its own, because Electron holds back
 * `ready` until this file's top-level await is over, and with it the app's main script.
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from 'electron';
import { readCommandLine } from './command-line.mjs';

const { folder, modules, version } = readCommandLine(process.argv.slice(1));

if (version) {
  process.stdout.write(`v${process.versions['electron']}\n`);
  process.exit(0);
}
if (folder === undefined || !existsSync(path.join(folder, 'package.json'))) {
  process.stderr.write(
    `Usage: electron [switches] <folder with a package.json> [arguments]\nFound: ${folder ?? 'no folder'}\n`,
  );
  process.exit(1);
}

const appPath = path.resolve(folder);
const require = createRequire(path.join(appPath, 'package.json'));
for (const module of modules) require(path.resolve(module));

const description = JSON.parse(readFileSync(path.join(appPath, 'package.json'), 'utf8'));
/** What Electron keeps for its own default app. @typedef {{ setVersion(version: string): void, setAppPath(path: string): void }} DefaultAppOnly */
const stockApp = /** @type {import('electron').App & DefaultAppOnly} */ (app);
if (description.version) stockApp.setVersion(description.version);
app.name = description.productName ?? description.name ?? app.name;
app.setDesktopName(description.desktopName ?? `${app.name}.desktop`);
stockApp.setAppPath(appPath);
Object.defineProperty(process, 'defaultApp', { configurable: false, enumerable: true, value: true });

await import(pathToFileURL(require.resolve(appPath)).href);
