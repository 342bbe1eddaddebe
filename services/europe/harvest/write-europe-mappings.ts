import { europeMappings } from '../crosswalk/europe-mappings.js';
import type { Run } from '../derive/exclusive-transaction.js';

/** Writes the mappings of this release. They may differ from those of the release that wrote the index. */
export async function writeEuropeMappings(run: Run): Promise<void> {
  await run(`DELETE FROM europe_mapping`);
  await run(
    `INSERT INTO europe_mapping (scheme, notation, topic, relation, provenance)
    SELECT scheme, notation, topic, relation, provenance FROM jsonb_populate_recordset(NULL::europe_mapping, $1::jsonb)`,
    [
      JSON.stringify(
        europeMappings.map(({ source, method, note, ...mapping }) => ({
          ...mapping,
          provenance: {
            source: source || null,
            retrievedAt: null,
            observedOn: null,
            assertedBy: null,
            method,
            licence: null,
            note: note || null,
          },
        })),
      ),
    ],
  );
}
