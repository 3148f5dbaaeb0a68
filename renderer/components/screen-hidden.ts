import { createContext, useContext } from 'react';

export const ScreenHidden = createContext(false);

/** H9: whether the user has hidden the screen. A dialogue that would open meanwhile waits, and keys do nothing. */
export const useScreenHidden = (): boolean => useContext(ScreenHidden);
