import { codeScheme } from '../../../schema/values/code-forms.js';
import { termsByTopic } from '../search/topics.js';
import { europeMappings } from './europe-mappings.js';
import { relations } from './relations.js';

describe("the table of Europe's mappings", () => {
  it('maps each code to a topic once', () => {
    const keys = europeMappings.map(({ scheme, notation, topic }) => `${scheme}:${notation} ${topic}`);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });

  it('has a relation, an existing topic, a source and a method in every row', () => {
    for (const { scheme, notation, relation, topic, source, method, note } of europeMappings) {
      expect(codeScheme.isValid(scheme) && notation !== '').toBe(true);
      expect(relations).toContain(relation);
      expect([topic, termsByTopic.has(topic)]).toEqual([topic, true]);
      expect(source).toMatch(/^https?:\/\//);
      expect(['IMPORTED', 'DECLARED', 'INFERRED']).toContain(method);
      expect(note).not.toBe('');
    }
  });
});
