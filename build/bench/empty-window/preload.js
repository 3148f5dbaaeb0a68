/** Times bare round trips to the main process, from where nothing lies between: the preload itself. */
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('bare', {
  /** Mean milliseconds of a round trip, for each of so many batches. */
  async roundTrips(batches, perBatch) {
    const means = [];
    for (let batch = 0; batch < batches; batch += 1) {
      const started = performance.now();
      for (let trip = 0; trip < perBatch; trip += 1) await ipcRenderer.invoke('nothing');
      means.push((performance.now() - started) / perBatch);
    }
    return means;
  },
});
