import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { budget } from './vite/budget.ts';
import { docs } from './vite/docs.ts';
import { worker } from './vite/worker.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    docs(),
    worker(at('diary/sw.ts')),
    budget({ entry: 'index.html', language: /texts\/diary\/(en|es)\.ts$/, maxBytes: 40_000 }),
    budget({ entry: 'clinic/index.html', language: /texts\/clinic\/(en|es)\.ts$/, maxBytes: 36_000 }),
  ],
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { diary: at('index.html'), clinic: at('clinic/index.html') },
      // Few files compress and travel better than many: what both apps need (the helper of lazy imports too, or the
      // clinic would load the diary for it), and what the diary's first page needs.
      output: {
        codeSplitting: {
          groups: [
            { name: 'common', test: /node_modules\/(preact|@preact|openapi-fetch)\/|\/shared\/(api|texts\/(catalogue|plural)|preferences|nights)|vite\/preload-helper/ },
            { name: 'first', test: /(?<!texts)\/diary\/(?!main|app|(cramp|me|plan|start)\/|pages\/(?!today|welcome)|emergency|components\/(choice|dialog|fields)|night\/(cramp-card|form\.|more))|node_modules\/idb\// },
          ],
        },
      },
    },
  },
  test: {
    environment: 'node',
    include: ['{diary,clinic,shared,test,vite}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
