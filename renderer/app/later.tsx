/**
 * Code that the first screen does not need. In place of `React.lazy`, whose fallback React keeps for 300 ms also where the code
 * comes at once: code that is there is drawn with the press that asks for it.
 */
import { type ReactNode, useEffect, useState } from 'react';

export interface Code<Module> {
  /** Loads it once: the browser does not try again what it could not load, until the page is loaded anew. */
  readonly load: () => Promise<Module>;
  /** `undefined` until it is loaded. */
  readonly loaded: () => Module | undefined;
}

/** `load`: an `import()`, called when it is first needed. */
export function loadOnce<Module>(load: () => Promise<Module>): Code<Module> {
  let loading: Promise<Module> | undefined;
  let loaded: Module | undefined;
  async function start(): Promise<Module> {
    loaded = await load();
    return loaded;
  }
  return { load: () => (loading ??= start()), loaded: () => loaded };
}

interface Props<Module> {
  readonly code: Code<Module>;
  /** Shown until the code is loaded. */
  readonly meanwhile?: ReactNode;
  readonly children: (loaded: Module) => ReactNode;
}

/** Draws with `code`, and loads it first where it is not there. Throws where it cannot be loaded, for an error boundary. */
export function Later<Module>({ code, meanwhile, children }: Props<Module>): ReactNode {
  const [loaded, setLoaded] = useState(code.loaded);
  useEffect(() => {
    if (loaded !== undefined) return;
    void code.load().then(
      (module) => setLoaded(() => module),
      (error: unknown) =>
        setLoaded(() => {
          throw error;
        }),
    );
  }, [code, loaded]);
  return loaded === undefined ? meanwhile : children(loaded);
}
