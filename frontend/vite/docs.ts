import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Plugin } from 'vite';

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Puts Swagger UI's script and style beside the page that reads /api/openapi.json. */
export function docs(): Plugin {
  return {
    name: 'charley-docs',
    apply: 'build',
    generateBundle() {
      for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css', 'LICENSE', 'NOTICE']) {
        const fileName = name.includes('.') ? `docs/${name}` : `docs/${name}.txt`;
        this.emitFile({ type: 'asset', fileName, source: readFileSync(join(swagger, name)) });
      }
    },
  };
}
