import providers from 'oembed-providers' with { type: 'json' };

let schemes: readonly RegExp[] | undefined;

/** Whether a provider of the oEmbed registry (https://oembed.com) has a video or page at this address. */
export function isVideo(address: string): boolean {
  schemes ??= (providers as readonly Provider[])
    .flatMap(({ endpoints }) => endpoints.flatMap((endpoint) => endpoint.schemes ?? []))
    .map((scheme) => new RegExp(`^${scheme.split('*').map(escape).join('.*')}$`));
  return schemes.some((scheme) => scheme.test(address));
}

interface Provider {
  readonly endpoints: readonly { readonly url: string; readonly schemes?: readonly string[] }[];
}

const escape = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
