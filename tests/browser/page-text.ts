import { readdirSync } from 'node:fs';

import { projectPath } from '../../schema/files.js';

/** What a page says without scripts: its text, and what every page has. */
export interface PageText {
  readonly language: string | undefined;
  readonly title: string;
  /** The text of the body, without tags, scripts and what depends on the time of day. */
  readonly text: string;
  /** What the page says is missing. */
  readonly missing: string;
  /** The addresses of links to other pages of the portal. */
  readonly links: readonly string[];
  /** What no page may have. */
  readonly problems: readonly string[];
}

/** What a page shows instead of a value or a text that is missing. */
const mistakes = new RegExp(
  `undefined|\\bNaN\\b|\\[object |Invalid Date|\\b(?:${readMessageFileNames().join('|')})\\.[a-zA-Z][\\w.]*`,
);

/** A text that is missing is shown as its id: `home.title`. */
function readMessageFileNames(): string[] {
  return readdirSync(projectPath('services/portal/web/messages/en')).map((file) => file.replace('.json', ''));
}

/** Reads a page as a program without scripts and styles. */
export function readPage(html: string): PageText {
  const [, head = '', body = ''] = /<head[^>]*>([^]*?)<\/head>[^]*?<body[^>]*>([^]*)<\/body>/.exec(html) ?? [];
  const text = body
    .replaceAll(/<script[^>]*>[^]*?<\/script>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    // When a feed was read last, and whether that is long ago.
    .replaceAll(/\d\d:\d\d|● Up to date|◐ Behind|up to date, read|behind, last read completely/g, '');
  const attributes = (name: string): string[] =>
    [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value.replaceAll('&amp;', '&'));
  const titles = body.match(/<h1[ >]/g) ?? [];
  const mistake = mistakes.exec(text);
  return {
    language: /<html[^>]* lang="([^"]*)"/.exec(html)?.[1],
    title: /<title[^>]*>([^<]*)<\/title>/.exec(head)?.[1] ?? '',
    text,
    missing: [...body.matchAll(/class="(?:notice|behind)"[^>]*>([^]*?)<\/(?:aside|p|tr)>/g)]
      .map(([, notice]) => notice)
      .join(' '),
    links: attributes('href').filter((href) => /^\/[a-z]{2}\//.test(href)),
    problems: [
      ...(titles.length === 1 ? [] : [`${titles.length} first headings`]),
      ...(mistake ? [`the text has "${mistake[0]}"`] : []),
      ...(/<style|\sstyle=|\son[a-z]+="/.exec(html.replaceAll(/<script[^>]*>[^]*?<\/script>/g, '')) ?? []),
      ...attributes('src').filter((src) => !/^\/(?!\/)/.test(src)),
    ],
  };
}
