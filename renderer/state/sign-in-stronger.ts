/** Signs the user in again in a stronger way, with the patient kept; `undefined` where no user is signed in. */
import { createContext } from 'react';

export const SignInStronger = createContext<(() => void) | undefined>(undefined);
