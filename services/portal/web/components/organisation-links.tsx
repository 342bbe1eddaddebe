import { organisationPath } from '../model/paths.js';
import { PageLink } from './page-link.js';
import { Text } from './text.js';
import { Unknown } from './unknown.js';

interface OrganisationLinksProps {
  /** The ids, which the index knows. Null: not known. */
  readonly ids: readonly string[] | null;
  /** The same organisations, read live: an item is null if its country does not respond. */
  readonly organisations: readonly ({ readonly id: string; readonly name: string } | null)[] | null;
}

/** Links to organisations by their names; by their ids, while their country does not respond. */
export function OrganisationLinks({ ids, organisations }: OrganisationLinksProps) {
  if (ids === null || ids.length === 0) return <Unknown />;
  const names = new Map(organisations?.flatMap((found) => (found ? [[found.id, found.name]] : [])));
  return ids.map((id, index) => (
    <span key={id}>
      {index > 0 && ', '}
      <PageLink to={organisationPath(id)}>
        <Text value={names.get(id) ?? id} />
      </PageLink>
    </span>
  ));
}
