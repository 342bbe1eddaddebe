/** The icon of the pages, as an address. */
export const icon =
  'data:image/svg+xml,' +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="9" cy="16" r="6" fill="#1d5fa8"/><circle cx="24" cy="7" r="4" fill="#1d5fa8"/><circle cx="24" cy="25" r="4" fill="#1d5fa8"/><path d="M9 16 24 7M9 16l15 9" stroke="#1d5fa8" stroke-width="2"/></svg>',
  );
