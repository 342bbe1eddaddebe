import { FormattedMessage } from 'react-intl';
import { Form } from 'react-router';

import { AdministrationField } from '../../components/check/administration-field.js';
import { PageLink } from '../../components/page-link.js';
import { Text } from '../../components/text.js';
import { TopicName } from '../../components/topic-name.js';
import { needPath } from '../../model/paths.js';
import type { CheckData } from './data.js';

/** The form of a check. It is sent as parameters of the address, so that it works without JavaScript and can be shared. */
export function CheckForm({ text, need, administration, check, topics, topicNames }: CheckData) {
  // What was understood, for a reader who finds it wrong: the topics that remain ticked replace it.
  const understood = check?.understoodAs?.map(({ topic }) => topic) ?? topics;
  return (
    <Form method="get" className="form">
      {need ? (
        <p>
          <input type="hidden" name="need" value={need.id} />
          <FormattedMessage id="check.statedNeed" />{' '}
          <PageLink to={needPath(need.id)}>
            <Text value={need.statement} lang={need.statementLanguage} />
          </PageLink>
        </p>
      ) : (
        <>
          <label htmlFor="text">
            <FormattedMessage id="check.text" />
          </label>
          <textarea id="text" name="text" rows={3} maxLength={500} required={topics.length === 0} defaultValue={text} />
        </>
      )}
      <AdministrationField {...administration} />
      {understood.length > 0 && (
        <fieldset>
          <legend>
            <FormattedMessage id="check.topics" />
          </legend>
          {understood.map((topic) => (
            <label key={topic} className="choice">
              <input type="checkbox" name="topics" value={topic} defaultChecked={topics.includes(topic)} />{' '}
              <TopicName topic={topic} names={topicNames} />
            </label>
          ))}
        </fieldset>
      )}
      <button type="submit">
        <FormattedMessage id="check.submit" />
      </button>
    </Form>
  );
}
