import type { AgentActionOptions } from './AgentActions';
import { registerPlanActions } from './planActions';
import { registerReadActions } from './readActions';
import { registerStartActions } from './startActions';

/**
 * The nine actions for agents (docs/reference/agents.md): tools of an MCP server, and steps of templates.
 *
 * @param options - `appUrl`: address of the portal's pages
 */
export function registerAgentActions({
  appUrl,
  ...options
}: Omit<AgentActionOptions, 'reviewUrl'> & { readonly appUrl: string }): void {
  const all: AgentActionOptions = {
    ...options,
    reviewUrl(template, formData) {
      const query = new URLSearchParams({ formData: JSON.stringify(formData) });
      return `${appUrl.replace(
        /\/$/,
        '',
      )}/create/templates/default/${template}?${query}`;
    },
  };
  registerReadActions(all);
  registerPlanActions(all);
  registerStartActions(all);
}
