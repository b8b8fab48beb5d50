// Runs phone.ts, which Node cannot read by itself: imports in TypeScript name no file endings.
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';

const program = fileURLToPath(new URL('./phone.ts', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));
await runnerImport(program, { configFile: false, root, logLevel: 'error' });
