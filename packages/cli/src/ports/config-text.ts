import { readFile } from 'node:fs/promises';
import { cliErrors } from '../cli-errors';
import { localPath } from './local-path';

/** The text of the app-config.yaml that `--config` names. @throws DojoError INPUT_INVALID where it cannot be read. */
export async function configText(config: string, cwd: string): Promise<string> {
  const path = localPath(config, cwd);
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw cliErrors.configUnreadable(config, error);
  }
}
