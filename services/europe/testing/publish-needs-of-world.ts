import type { FakeCountry } from './fake-country.js';
import { contents } from './feed-contents.js';
import type { WorldNeeds } from './world-needs.js';

/** Publishes the needs of a world with their codes, each in its country. */
export function publishNeedsOfWorld(
  to: (id: string) => FakeCountry,
  { codes, mappings, needs, holders }: WorldNeeds,
): void {
  for (const { id, scheme, notation, broader } of codes)
    to(id).publish('CODE', contents.code(id, `${scheme}:${notation}`, `Qua ${notation}`, { broaderNotation: broader }));
  for (const { id, from, relation, to: target } of mappings)
    to(id).publish('CODE_MAPPING', contents.codeMapping(id, from, relation, target));
  for (const { id, statement, codes: stated } of needs) to(id).publish('NEED', contents.need(id, statement, stated));
  for (const { id, needId, holderId, start, end, ended, observedOn, ...more } of holders)
    to(id).publish(
      'NEED_HOLDER',
      contents.needHolder(id, needId, holderId, {
        ...more,
        during: { start, startPrecision: start && 'DAY', end, endPrecision: end && 'DAY', ended },
        provenance: { ...provenance, observedOn },
      }),
    );
}

const provenance = {
  source: null,
  retrievedAt: null,
  assertedBy: null,
  method: 'IMPORTED',
  licence: null,
  note: null,
};
