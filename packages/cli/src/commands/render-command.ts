import { Command } from 'commander';
import { lintObjects, renderOverlay } from 'dojo-portal-core/deploy';
import type { CommandContext } from '../command-context';
import type { CommandDefinition } from '../command-definition';
import { exitCodes } from '../exit-code';
import { renderPorts } from '../ports/render-ports';
import { reportDeploymentFindings } from '../reports/report-deployment-findings';
import { terminalText } from '../reports/terminal-text';

interface RenderFlags {
  readonly json?: boolean;
}

/** `dojo render`. */
export const renderCommand: CommandDefinition = {
  make: makeRenderCommand,
  whenStopped: 'nothing was changed',
};

function makeRenderCommand(
  context: CommandContext,
  exit: (code: number) => void,
): Command {
  return new Command('render')
    .description(
      'Render an overlay with kustomize, without network, and check what it makes. Writes nothing',
    )
    .argument(
      '<overlay>',
      'folder with a kustomization.yaml, or <repository>//<folder>?ref=<commit>',
    )
    .option('--json', 'print objects and findings as JSON')
    .addHelpText(
      'after',
      '\nExample:\n  dojo render ledger/dev > ledger-dev.yaml',
    )
    .action(async (overlay: string, flags: RenderFlags) =>
      exit(await runRender(overlay, flags, context)),
    );
}

async function runRender(
  overlay: string,
  { json = false }: RenderFlags,
  context: CommandContext,
): Promise<number> {
  const { dispose, ...options } = await renderPorts(overlay, context);
  try {
    const rendered = await renderOverlay(options, context.signal);
    const findings = lintObjects(rendered);
    const { objects, yaml } = rendered;
    if (json) {
      const answer = JSON.stringify({ objects, findings }, null, 2);
      context.stdout.write(`${answer}\n`);
    } else {
      // For kubectl to read: its bytes, whatever a terminal makes of them.
      context.stdout.write(yaml);
      const report = reportDeploymentFindings(findings);
      for (const line of report)
        context.stderr.write(terminalText(`${line}\n`));
    }
    return findings.some(({ severity }) => severity === 'error')
      ? exitCodes.refused
      : exitCodes.done;
  } finally {
    await dispose();
  }
}
