/** What a page says without scripts: its text, and what every page has. */
export interface PageText {
  readonly language: string | undefined;
  readonly title: string;
  /** The text of the body, without tags and scripts. */
  readonly text: string;
  /** The addresses of links to other pages of the portal. */
  readonly links: readonly string[];
  /** What no page may have. */
  readonly problems: readonly string[];
}

/** What a page shows instead of a value or a text that is missing. */
const mistakes = /undefined|\bNaN\b|\[object |Invalid Date|\b(?:common|enums|[a-z]+)\.[a-z]+(?:\.[A-Za-z_]+)+\b/;

/** Reads a page as a program without scripts and styles. */
export function readPage(html: string): PageText {
  const [, head = '', body = ''] = /<head[^>]*>([^]*?)<\/head>[^]*?<body[^>]*>([^]*)<\/body>/.exec(html) ?? [];
  const text = body
    .replaceAll(/<script[^>]*>[^]*?<\/script>/g, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ');
  const attributes = (name: string): string[] =>
    [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, value = '']) => value.replaceAll('&amp;', '&'));
  const titles = body.match(/<h1[ >]/g) ?? [];
  const mistake = mistakes.exec(
    text.replaceAll(/https?:\/\/\S+|\S+@\S+|\b\S+\.(?:yml|md|org|eu|it|dk|be|com|io)\b\S*/g, ''),
  );
  return {
    language: /<html[^>]* lang="([^"]*)"/.exec(html)?.[1],
    title: /<title[^>]*>([^<]*)<\/title>/.exec(head)?.[1] ?? '',
    text,
    links: attributes('href').filter((href) => /^\/[a-z]{2}\//.test(href)),
    problems: [
      ...(titles.length === 1 ? [] : [`${titles.length} first headings`]),
      ...(mistake ? [`the text has "${mistake[0]}"`] : []),
      ...(/<style|\sstyle=|\son[a-z]+="/.exec(html.replaceAll(/<script[^>]*>[^]*?<\/script>/g, '')) ?? []),
      ...attributes('src').filter((src) => !/^\/(?!\/)/.test(src)),
    ],
  };
}
