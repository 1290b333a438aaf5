import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { PortalApi } from './PortalApi';
import type { PortalUser } from './signInAs';

/** What a tool answered: its output, or the words of its refusal. */
export interface ToolAnswer {
  readonly refused?: string;
  // Each tool has its own; a test names the fields that it looks at.
  readonly output: Readonly<Record<string, unknown>>;
}

/** An agent that works for somebody over MCP, with that person's token, by the protocol's own client. */
export class Agent {
  readonly #client: Client;

  private constructor(client: Client) {
    this.#client = client;
  }

  static async of(url: string, user: PortalUser): Promise<Agent> {
    const token = await new PortalApi(url, user).token();
    const client = new Client({ name: 'agent', version: '1.0.0' });
    await client.connect(
      new StreamableHTTPClientTransport(new URL('/api/mcp-actions/v1', url), {
        requestInit: { headers: { authorization: `Bearer ${token}` } },
      }),
    );
    return new Agent(client);
  }

  /** Dojo's tools, by name, with what each says of itself. */
  async tools() {
    const { tools } = await this.#client.listTools();
    return new Map(
      tools
        .filter(({ name }) => name.startsWith('dojo.'))
        .map(({ name, annotations }) => [
          name.replace('dojo.', ''),
          annotations,
        ]),
    );
  }

  async call(
    tool: string,
    input: Record<string, unknown>,
  ): Promise<ToolAnswer> {
    const { isError, content, structuredContent } = await this.#client.callTool(
      { name: `dojo.${tool}`, arguments: input },
    );
    return isError
      ? { refused: JSON.stringify(content), output: {} }
      : { output: (structuredContent ?? {}) as ToolAnswer['output'] };
  }

  async end(): Promise<void> {
    await this.#client.close();
  }
}
