import { FormattedMessage, useIntl } from 'react-intl';

import { PageTitle } from '../../components/page-title.js';
import { Text } from '../../components/text.js';
import type { SolutionData } from './data.js';
import { Disputes } from './disputes.js';
import { Facts } from './facts.js';
import { FieldOriginNote } from './field-origin-note.js';
import { Joining } from './joining.js';
import { MayJoinForm } from './may-join-form.js';
import { Records } from './records.js';
import { Relations } from './relations.js';
import { UseInPictures } from './use-in-pictures.js';
import { Users } from './users.js';

/** The parts of the page, by the fragments of its address. */
const parts = ['facts', 'joining', 'users', 'relations', 'records'] as const;

/** A solution. */
export function Page({ data }: { readonly data: SolutionData }) {
  const { solution, country, topicNames } = data;
  const { formatMessage } = useIntl();
  return (
    <>
      <PageTitle title={solution.name ?? solution.address} lang={solution.nameLanguage} />
      {solution.shortDescription !== null && (
        <p className="lead">
          <Text value={solution.shortDescription} lang={solution.shortDescriptionLanguage} />
          <FieldOriginNote solution={solution} field="shortDescription" />
        </p>
      )}
      <nav aria-label={formatMessage({ id: 'solution.contents' })}>
        <ul className="filters inline">
          {parts.map((part) => (
            <li key={part}>
              <a href={`#${part}`}>
                <FormattedMessage id={`solution.${part}.title`} />
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Disputes disputes={solution.disputes ?? []} />
      <Facts solution={solution} topicNames={topicNames} />
      <Joining solution={solution}>
        <MayJoinForm {...data} />
      </Joining>
      <Users solution={solution} country={country} asOf={data.asOf} claims={data.growth?.series.figures ?? []}>
        <UseInPictures data={data} />
      </Users>
      <Relations solution={solution} />
      <Records solution={solution} />
    </>
  );
}
