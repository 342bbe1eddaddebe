import { ownVariables } from './settings.js';

/** The environment of a child: the runner's without the variables it reads itself, and the child's own. */
export function childEnvironment(env: NodeJS.ProcessEnv, own: Record<string, string>): NodeJS.ProcessEnv {
  const hidden = new Set(ownVariables());
  // Libraries check less and are faster in production mode.
  return {
    NODE_ENV: 'production',
    ...Object.fromEntries(Object.entries(env).filter(([name]) => !hidden.has(name))),
    ...own,
  };
}
