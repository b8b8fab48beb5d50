// @ts-expect-error: the global comes from swagger-ui-bundle.js, which ships no types.
globalThis.SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#docs', deepLinking: true });
