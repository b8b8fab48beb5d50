import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { budget } from './vite/budget.ts';
import { docs } from './vite/docs.ts';
import { worker } from './vite/worker.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [docs(), worker(at('diary/sw.ts')), budget({ entry: 'index.html', language: /texts\/diary\/(en|es)\.ts$/, maxBytes: 40_000 })],
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: { input: { diary: at('index.html'), clinic: at('clinic/index.html') } },
  },
  test: {
    environment: 'node',
    include: ['{diary,clinic,shared,test,vite}/**/*.test.{ts,tsx}'],
    restoreMocks: true,
  },
});
