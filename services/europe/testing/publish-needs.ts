import { contents, during } from './feed-contents.js';
import type { FakeCountry } from './fake-country.js';

/** Two lists with codes of libraries and culture, one with a hierarchy. */
export const publishCodes = (denmark: FakeCountry, italy: FakeCountry): void => {
  denmark.publish(
    'CODE_LIST',
    contents.codeList('dk:code-list:kle', 'DK_KLE', { titles: [{ language: 'da', text: 'KLE' }] }),
  );
  denmark.publish(
    'CODE',
    contents.code('dk:code:21', 'DK_KLE:21', 'Folkeoplysning', {
      labels: [{ language: 'da', text: 'Folkebiblioteker' }],
    }),
  );
  denmark.publish('CODE', contents.code('dk:code:21-01', 'DK_KLE:21.01', 'Lending', { broaderNotation: '21' }));
  denmark.publish('CODE_MAPPING', contents.codeMapping('dk:code-mapping:21', 'DK_KLE:21', 'EXACT', 'TOPIC:library'));
  // Of a code that is not its own: it does not count.
  denmark.publish('CODE_MAPPING', contents.codeMapping('dk:code-mapping:99', 'EU_OTHER:99', 'EXACT', 'TOPIC:library'));
  italy.publish('CODE_LIST', contents.codeList('it:code-list:subject', 'IT_SUBJECT'));
  italy.publish('CODE', contents.code('it:code:10', 'IT_SUBJECT:10', 'Culture and sport'));
  italy.publish('CODE_MAPPING', contents.codeMapping('it:code-mapping:10', 'IT_SUBJECT:10', 'CLOSE', 'TOPIC:library'));
  italy.publish('CODE', contents.code('it:code:11', 'IT_SUBJECT:11', 'Library'));
};

/** Needs of organisations and by a rule, of which one has no codes. */
export const publishNeeds = (denmark: FakeCountry, italy: FakeCountry): void => {
  for (const [id, nuts] of [
    ['roma', 'ITI43'],
    ['milano', 'ITC4C'],
    ['torino', 'ITC11'],
  ] as const)
    italy.publish('ADMINISTRATION', contents.administration(`it:administration:${id}`, id, { nuts }));
  denmark.publish('ADMINISTRATION', contents.administration('dk:administration:aarhus', 'Aarhus', { nuts: 'DK042' }));
  denmark.publish('NEED', contents.need('dk:need:website', 'A library website', ['DK_KLE:21']));
  denmark.publish(
    'NEED_HOLDER',
    contents.needHolder('dk:need-holder:aarhus', 'dk:need:website', 'dk:administration:aarhus', {
      state: 'MET',
      metBy: ['github.com/some/cms'],
    }),
  );
  italy.publish(
    'NEED',
    contents.need('it:need:culture', 'Services of culture', ['IT_SUBJECT:10'], {
      statements: [{ language: 'it', text: 'Servizi culturali' }],
    }),
  );
  italy.publish(
    'NEED_HOLDER',
    contents.needHolder('it:need-holder:all', 'it:need:culture', null, { rule: { kind: 'MUNICIPALITY', nuts: 'ITC' } }),
  );
  italy.publish(
    'NEED_HOLDER',
    contents.needHolder('it:need-holder:torino', 'it:need:culture', 'it:administration:torino', {
      state: 'FUNDED',
      amount: { amount: '100.50', currency: 'EUR' },
    }),
  );
  italy.publish(
    'NEED_HOLDER',
    contents.needHolder('it:need-holder:roma', 'it:need:culture', 'it:administration:roma', {
      state: 'FUNDED',
      amount: { amount: '1', currency: 'EUR' },
      ...during('2024-01-01', '2025-01-01', true),
    }),
  );
  italy.publish('NEED', contents.need('it:need:other', 'Whistleblowing', []));
};
