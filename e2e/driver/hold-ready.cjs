/**
 * Loaded into the viewer under test before its own code: holds Electron's `ready` back until Playwright has attached and
 * calls `__playwright_run`. Playwright brings such a loader only for an Electron that it finds by itself; without one it
 * attaches to a window that is just loading, and now and then waits for ever.
 */
// biome-ignore lint/style/noRestrictedImports: it runs inside the viewer's main process
const { app } = require('electron');

const ready = app.whenReady();
const emit = app.emit.bind(app);
let readyArguments = [];
let running = false;
let run;
const held = new Promise((resolve) => {
  run = resolve;
});

app.emit = (event, ...args) => {
  if (event !== 'ready' || running) return emit(event, ...args);
  readyArguments = args;
  return app.listenerCount('ready') > 0;
};
app.isReady = () => running;
app.whenReady = () => held;

globalThis.__playwright_run = async () => {
  await ready;
  running = true;
  run();
  emit('ready', ...readyArguments);
};
