import { renderToStaticMarkup } from 'react-dom/server';

import { LookContext, type Size, type Theme, toLook } from '../charts/look.js';
import { Texts } from '../components/texts.js';
import type { Language } from '../model/languages.js';
import type { Messages } from '../model/page-content.js';
import type { Picture } from './picture.js';

/** How a picture is drawn. */
export interface DrawOptions {
  readonly language: Language;
  readonly messages: Messages;
  readonly theme: Theme;
  readonly size: Size;
  /** What is missing from the data, in words: shown below the picture. */
  readonly notes: readonly string[];
}

/** Draws a picture as a file of its own. */
export function drawPicture(
  { Draw }: Picture<never>,
  data: unknown,
  { language, messages, theme, size, notes }: DrawOptions,
): string {
  return renderToStaticMarkup(
    <Texts language={language} messages={messages}>
      <LookContext value={{ ...toLook(theme, size), notes }}>
        <Draw data={data as never} />
      </LookContext>
    </Texts>,
  );
}
