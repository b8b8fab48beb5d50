import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { budget } from './vite/budget.ts';
import { develop } from './vite/develop.ts';
import { docs } from './vite/docs.ts';
import { worker } from './vite/worker.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [
    develop(process.env.BACK_END),
    docs(),
    worker(at('diary/sw.ts')),
    budget({
      entry: 'index.html',
      firstPages: [{ page: 'diary/pages/welcome.tsx', texts: /texts\/diary\/welcome\// }, { page: 'diary/pages/today.tsx' }],
      language: /texts\/diary\/(en|es)\.ts$/,
      maxBytes: 40_000,
    }),
    budget({ entry: 'clinic/index.html', language: /texts\/clinic\/(en|es)\.ts$/, maxBytes: 36_000 }),
  ],
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      input: { diary: at('index.html'), clinic: at('clinic/index.html') },
      // Few files compress and travel better than many: what both apps need (the helper of lazy imports too, or the
      // clinic would load the diary for it), what every page of the diary
      // needs, and what the morning's first question needs.
      output: {
        codeSplitting: {
          groups: [
            { name: 'common', test: /node_modules\/(preact|@preact|openapi-fetch)\/|\/shared\/(api|texts\/(catalogue|plural)|preferences|nights|device)|vite\/preload-helper/ },
            { name: 'first', test: /(?<!texts)\/diary\/(?!main|app|emergency|(cramp|me|night|pages|phone|plan|restored|start)\/|passkeys\.|components\/(choice|dialog|fields|marks|password-field|told-day|use-validity)|hold\/(refresh|end)|session\/doors|store\/adopt|sync\/(conflict|common-base|fetch-all))|node_modules\/idb\// },
            { name: 'today', test: /\/diary\/(pages\/today|night\/(?!form\/|pending|recorded|summary|words)|components\/marks)/ },
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
