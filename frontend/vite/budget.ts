import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { filesOf, readManifest } from './files.ts';

interface Budget {
  /** Manifest key of the page. */
  entry: string;
  /** Manifest keys of the pages it may begin with, and of the texts of each: the largest counts, for only one is loaded. */
  firstPages?: { page: string; texts?: RegExp }[];
  /** Which dynamic chunks are languages: the largest one counts, for only one is loaded. */
  language: RegExp;
  maxBytes: number;
}

/** Fails the build when the first load (JS and CSS, brotli) of a page outgrows its budget. */
export function budget({ entry, firstPages = [], language, maxBytes }: Budget): Plugin {
  return {
    name: 'charley-budget',
    apply: 'build',
    closeBundle: { order: 'post', handler() {
      const outDir = join(this.environment.config.root, this.environment.config.build.outDir);
      const manifest = readManifest(outDir);
      const size = (file: string) => brotliCompressSync(readFileSync(join(outDir, file))).length;
      const sizeOf = (files: Iterable<string>) => [...files].reduce((sum, file) => sum + size(file), 0);
      const shell = filesOf(manifest, entry, false);
      const beside = (page: string) => [...filesOf(manifest, page, false)].filter((file) => !shell.has(file));
      const largestLanguage = (texts: RegExp) => Math.max(0, ...Object.keys(manifest).filter((key) => texts.test(key)).map((key) => size(manifest[key]!.file)));
      const largestPage = Math.max(0, ...firstPages.map(({ page, texts }) => sizeOf(beside(page)) + (texts ? largestLanguage(texts) : 0)));
      const total = sizeOf(shell) + largestPage + largestLanguage(language);
      const line = `first load of ${entry}: ${total} bytes brotli (budget ${maxBytes})`;
      if (total > maxBytes) this.error(line);
      this.info(line);
    } },
  };
}
