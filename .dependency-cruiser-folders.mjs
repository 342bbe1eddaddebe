/**
 * Cycles between folders. Tests and what supports them are left out: a test of a lower folder may start a whole service, which
 * is made of the folders above it.
 */
import rules from './.dependency-cruiser.mjs';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'folder-cycle',
      scope: 'folder',
      severity: 'error',
      comment: 'Of two folders one is the lower, and does not know the other.',
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    ...rules.options,
    exclude: { path: `${rules.options.exclude.path}|\\.test\\.tsx?$|(^|/)testing/|^(?:bench|tests)/` },
  },
};
