import { FormattedList, FormattedMessage } from 'react-intl';
import { Form } from 'react-router';

import { AreaNames } from '../../components/area-name.js';
import { AdministrationChoices, AdministrationField } from '../../components/check/administration-field.js';
import { Joining } from '../../components/check/joining.js';
import { CountryName } from '../../components/country-name.js';
import { EnumText } from '../../components/enum-text.js';
import { KeptParameters } from '../../components/kept-parameters.js';
import { Text } from '../../components/text.js';
import { Unknown } from '../../components/unknown.js';
import type { Maintainer, SolutionData } from './data.js';

type MayJoinProps = Pick<SolutionData, 'solution' | 'administration' | 'mayJoin'>;

/** Whether one administration may join those who maintain the solution: which one it is, and the answer with its reasons. */
export const MayJoinForm = ({ solution, administration, mayJoin }: MayJoinProps) => (
  <>
    <h3 id="may-join">
      <FormattedMessage id="reuse.mayWeJoin" />
    </h3>
    <Form method="get" action="#may-join" className="form" preventScrollReset>
      <KeptParameters except={['for', 'administration']} />
      <AdministrationField {...administration} />
      <button type="submit">
        <FormattedMessage id="common.show" />
      </button>
    </Form>
    {administration.chosen && (
      <Answer
        chosen={administration.chosen}
        mayJoin={mayJoin}
        consortium={solution.maintainers?.find((found) => found?.id === mayJoin?.consortiumId) ?? null}
      />
    )}
    <AdministrationChoices {...administration} />
  </>
);

interface AnswerProps extends Pick<SolutionData, 'mayJoin'> {
  readonly chosen: NonNullable<SolutionData['administration']['chosen']>;
  /** The consortium that the answer is about. Null if there is none, or if it could not be read. */
  readonly consortium: Maintainer | null;
}

const Answer = ({ chosen, mayJoin, consortium }: AnswerProps) => (
  <div className="card" role="status">
    <p>
      <FormattedMessage
        id="solution.mayJoin.for"
        values={{
          name: <Text key="name" value={chosen.name} lang={chosen.nameLanguage} />,
          country: <CountryName key="country" code={chosen.country} />,
        }}
      />{' '}
      {mayJoin ? <Joining {...mayJoin} /> : <FormattedMessage id="common.notRead" />}
    </p>
    {consortium?.openTo && (
      <p>
        <FormattedMessage
          id="solution.mayJoin.rules"
          values={{
            kinds: <Kinds key="kinds" kinds={consortium.openTo.kinds} />,
            areas: <AreaNames key="areas" codes={consortium.openTo.nuts} />,
            status:
              consortium.status === null ? (
                <Unknown key="status" />
              ) : (
                <EnumText key="status" of="consortiumStatus" value={consortium.status} />
              ),
          }}
        />
      </p>
    )}
  </div>
);

/** Kinds of administrations. */
export const Kinds = ({ kinds }: { readonly kinds: readonly string[] }) => (
  <FormattedList
    type="unit"
    value={kinds.map((kind) => (
      <EnumText key={kind} of="administrationKind" value={kind} />
    ))}
  />
);
