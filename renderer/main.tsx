/** The entry: replaces the shell of index.html with the application. */
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { stopSecondClickElsewhere } from './app/second-click.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
stopSecondClickElsewhere();
createRoot(root).render(<App />);
