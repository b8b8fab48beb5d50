import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { filesOf, readManifest } from './files.ts';

const alwaysNeeded = (name: string) => name === 'scheme.js' || name.endsWith('.webmanifest') || name.startsWith('icons/');

/** Builds the diary's service worker to /sw.js with the list of the diary's own files. */
export function worker(source: string): Plugin {
  return {
    name: 'charley-worker',
    apply: 'build',
    async closeBundle() {
      const outDir = join(this.environment.config.root, this.environment.config.build.outDir);
      const shell = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter(alwaysNeeded);
      const files = [...filesOf(readManifest(outDir), 'index.html', true), ...shell].sort();
      const hash = createHash('sha256');
      for (const file of ['index.html', ...files]) hash.update(file).update(readFileSync(join(outDir, file)));
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: {
          __VERSION__: JSON.stringify(hash.digest('hex').slice(0, 12)),
          __PRECACHE__: JSON.stringify(['/', ...files.map((file) => `/${file}`)]),
        },
        build: { outDir, emptyOutDir: false, rolldownOptions: { input: source, output: { entryFileNames: 'sw.js' } } },
      });
    },
  };
}
