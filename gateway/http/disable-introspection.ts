import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

const code = 'INTROSPECTION_DISABLED';

/** A validation rule for gateways that do not show their schema. `__typename` is not introspection. */
export const disableIntrospection = (context: ValidationContext): ASTVisitor => ({
  Field: (node) => {
    const { value } = node.name;
    if (value !== '__schema' && value !== '__type') return;
    const message = `Introspection is disabled on this gateway: \`${value}\` cannot be queried.`;
    // Apollo Server overwrites `code`; `inputCode` survives that.
    context.reportError(new GraphQLError(message, { nodes: node, extensions: { code, inputCode: code } }));
  },
});
